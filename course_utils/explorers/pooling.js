const MOST_LISTED = 16; // numbers in a sentence
const MOST_WRITTEN = 5; // pixels along a side that carry their numbers

export function shifted(picture, shift) {
  return picture.map((line) => line.map((_, c) => (c < shift ? 0 : line[c - shift])));
}

// The largest number of each window; for the average its sum, to be divided later.
export function pooled(picture, size, stride, average) {
  const [rows, columns] = [picture.length, picture[0].length].map((side) => Math.max(0, Math.floor((side - size) / stride) + 1));
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => {
    const window = picture.slice(r * stride, r * stride + size).flatMap((line) => line.slice(c * stride, c * stride + size));
    return average ? window.reduce((sum, value) => sum + value, 0) : Math.max(...window);
  }));
}

export function argmaxIn(picture, top, left, size) {
  let best = [top, left];
  for (let r = top; r < top + size; r++) {
    for (let c = left; c < left + size; c++) {
      if (picture[r][c] > picture[best[0]][best[1]]) best = [r, c];
    }
  }
  return best;
}

// All that the picture and the sentence need.
function state({ pixels, picture_size: [height, width], size, stride, shift, average }) {
  const before = Array.from({ length: height }, (_, r) => Array.from(pixels.subarray(r * width, (r + 1) * width)));
  const picture = shifted(before, shift);
  const output = pooled(picture, size, stride, average);
  return { before, picture, output, was: pooled(before, size, stride, average), divisor: average ? size * size : 1 };
}

function drawNumbers({ g, colours, write }, values, x, y, cell, highest, divisor, written) {
  values.forEach((line, r) => line.forEach((value, c) => {
    const shade = Math.floor((255 * value) / (highest * divisor));
    g.fillStyle = `rgb(${shade},${shade},${shade})`;
    g.fillRect(x + c * cell, y + r * cell, cell + 0.5, cell + 0.5);
    if (!written) return;
    const words = quotient(value, divisor);
    write(words, x + (c + 0.5) * cell, y + (r + 0.5) * cell,
      { size: cell < 40 ? 12 : 15, colour: shade < 118 ? "#ffffff" : "#000000", align: "center" });
  }));
  g.strokeStyle = colours.faint;
  g.strokeRect(x - 0.5, y - 0.5, values[0].length * cell + 1, values.length * cell + 1);
}

function ring(g, colour, x, y, radius) {
  for (const [shade, thick] of [["#ffffff", 5], [colour, 3]]) {
    g.strokeStyle = shade;
    g.lineWidth = thick;
    g.beginPath();
    g.arc(x, y, radius, 0, 2 * Math.PI);
    g.stroke();
  }
}

const half = (width) => Math.min(280, (width - 24) / 2);
const LEFT = 4, TOP = 28; // of the picture

const scene = {
  height: (width) => half(width) + 76,

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const { size, stride, shift, average } = numbers;
    const { picture, output, divisor } = state(numbers);
    const [height, breadth] = [picture.length, picture[0].length];
    const highest = Math.max(1, ...picture.flat());
    const room = half(width), right = width - room - LEFT, y = TOP, cell = room / Math.max(height, breadth);
    const title = { size: 13, weight: 700, colour: colours.text };
    write(`picture ${height} × ${breadth}`, 4, 12, title);
    write(`output ${output.length} × ${output[0].length}`, right, 12, title);
    const written = Math.max(height, breadth) <= MOST_WRITTEN;
    drawNumbers(stage, picture, LEFT, y, cell, highest, 1, written);
    drawNumbers(stage, output, right, y, cell, highest, divisor, written);
    const places = output.flatMap((line, r) => line.map((_, c) => [r, c]));
    const framed = stride < size || !written ? 2 : places.length; // more would only hide the numbers
    for (const [r, c] of places.slice(0, framed)) {
      const inset = 3 + 4 * (c % 2), side = size * cell - 2 * inset;
      g.strokeStyle = DARK.first; // seen on black, grey and white alike
      g.lineWidth = 3;
      g.strokeRect(LEFT + c * stride * cell + inset, y + r * stride * cell + inset, Math.max(2, side), Math.max(2, side));
    }
    for (const [r, c] of average || !written ? [] : places) {
      const [row, column] = argmaxIn(picture, r * stride, c * stride, size);
      ring(g, LIGHT.second, LEFT + (column + 0.5) * cell, y + (row + 0.5) * cell, Math.min(15, 0.4 * cell));
    }
    if (places.length > 1) { // by these, the stride and the window's size are dragged
      g.fillStyle = DARK.first;
      for (const [row, column] of [[0, stride], [size, size]]) g.fillRect(LEFT + column * cell - 5, y + row * cell - 5, 10, 10);
    }
    g.lineWidth = 1;
    const line = (words, k) => write(words, 4, y + room + 14 + 20 * k, { size: 13, colour: colours.text });
    line(`window ${size} × ${size}, stride ${stride}, shift ${shift}`, 0);
    line(average ? "□ a window: its mean is kept" : `□ a window${written ? "   ○ its maximum" : ": its maximum is kept"}`, 1);
  },

  sentence(numbers) {
    const { size, stride, shift, average } = numbers;
    const { before, picture, output, was, divisor } = state(numbers);
    const all = output.flat(), old = was.flat(), pixels = picture.flat(), first = before.flat();
    const rows = output.map((line) => line.map((value) => quotient(value, divisor)).join(" "));
    const listed = all.length <= MOST_LISTED ? `: ${rows.join(" | ")}` : "";
    const mean = quotient(all.reduce((sum, value) => sum + value, 0), divisor * all.length);
    const changed = (now, then) => now.filter((value, i) => value !== then[i]).length;
    return `${average ? "Average" : "Max"} pooling with a window of ${size} × ${size} and stride ${stride} turns `
      + `${picture.length} × ${picture[0].length} into ${output.length} × ${output[0].length}${listed}. `
      + `The mean of the output is ${mean}. A shift by ${shift} changes ${changed(pixels, first)} of ${pixels.length} `
      + `pixels and ${changed(all, old)} of ${all.length} outputs.`;
  },

  grasps(width, { picture_size: [height, breadth], size, stride, shift }) {
    const cell = half(width) / Math.max(height, breadth);
    const picture = [LEFT, TOP, breadth * cell, height * cell], grip = Math.min(FINGER, cell);
    const square = (x, y) => [x - grip / 2, y - grip / 2, grip, grip];
    const corner = [LEFT + size * cell, TOP + size * cell], next = [LEFT + stride * cell, TOP];
    return [{
      at: [LEFT + shift * cell, 0], handle: picture, to: (x) => ({ shift: (x - LEFT) / cell }),
    }, { // the second window's first corner
      at: next, handle: square(...next), to: (x) => ({ stride: (x - LEFT) / cell }),
    }, { // the first window's last corner
      at: corner, handle: square(...corner), to: (x, y) => ({ size: Math.max(x - LEFT, y - TOP) / cell }),
    }];
  },
};
