const SIDE = 3; // of the kernel
const ENTRIES = ["top_left", "top", "top_right", "left", "middle", "right", "bottom_left", "bottom", "bottom_right"];
const PRESETS = [ // in the order of the slider: nine entries, and what their sum is divided by
  [[0, 0, 0, 0, 0, 0, 0, 0, 0], 1], // all zeros
  [[0, 0, 0, 0, 1, 0, 0, 0, 0], 1], // identity
  [[1, 1, 1, 1, 1, 1, 1, 1, 1], 9], // blur
  [[0, -1, 0, -1, 5, -1, 0, -1, 0], 1], // sharpen
  [[-1, 0, 1, -1, 0, 1, -1, 0, 1], 1], // edge left
  [[-1, -1, -1, 0, 0, 0, 1, 1, 1], 1], // edge top
  [[-1, -1, -1, -1, 8, -1, -1, -1, -1], 1], // outline
  [[-2, -1, 0, -1, 1, 1, 0, 1, 2], 1], // emboss
];

export function kernelOf(preset, changes) {
  const [entries, divisor] = PRESETS[preset];
  return [entries.map((entry, i) => entry + changes[i]), divisor];
}

// All that the picture and the sentence need.
function state(numbers) {
  const { pixels, size: [height, width], step, stride, same, preset_index } = numbers;
  const padding = same ? "same" : "valid";
  const picture = Array.from({ length: height }, (_, r) => Array.from(pixels.subarray(r * width, (r + 1) * width)));
  const [entries, divisor] = kernelOf(preset_index, ENTRIES.map((entry) => numbers[entry]));
  const kernel = [0, 1, 2].map((r) => entries.slice(r * SIDE, (r + 1) * SIDE));
  const output = convolve(picture, kernel, stride, padding);
  const [row, column] = outputPosition(step, output.length, output[0].length);
  const top = row * stride - paddingBefore(height, SIDE, stride, padding);
  const left = column * stride - paddingBefore(width, SIDE, stride, padding);
  const window = windowAt(picture, top, left, [SIDE, SIDE]);
  return { picture, kernel, divisor, output, row, column, top, left, window, padding, stride };
}

function frame(g, colours, x, y, side) {
  for (const [colour, thick] of [[colours.background, 6], [colours.second, 3]]) {
    g.strokeStyle = colour;
    g.lineWidth = thick;
    g.strokeRect(x, y, side, side);
  }
  g.lineWidth = 1;
}

// Pixels in a square of the given width. Those for which `grey` gives null are not reached yet.
function drawPixels({ g, colours }, values, x, y, cell, grey) {
  values.forEach((line, r) => line.forEach((value, c) => {
    const shade = grey(value, r, c);
    g.fillStyle = shade === null ? colours.grid : `rgb(${shade},${shade},${shade})`;
    const inset = shade === null ? cell / 2 - 1 : 0;
    const side = shade === null ? 2 : cell + 0.5; // without the half, seams show between pixels
    g.fillRect(x + c * cell + inset, y + r * cell + inset, side, side);
  }));
  g.strokeStyle = colours.faint;
  g.strokeRect(x - 0.5, y - 0.5, values[0].length * cell + 1, values.length * cell + 1);
}

const half = (width) => Math.min(230, (width - 24) / 2);
const isNarrow = (width) => width < 430;

// Where the picture and the output are, and how large their pixels; both leave room for the zeros.
function places(width, picture) {
  const room = half(width), y = 28, cell = room / (Math.max(picture.length, picture[0].length) + 3);
  return { room, y, cell, right: width - room - 4, x0: 4 + 1.5 * cell, x1: width - room - 4 + 1.5 * cell, y0: y + 1.5 * cell };
}

// Where the tables of window, kernel and products are, and the sum of the products.
function tablesAt(width) {
  const narrow = isNarrow(width), cell = narrow ? Math.min(40, (width - 30) / 6) : Math.min(46, (width - 56) / 9);
  const y = 28 + half(width) + 48, sign = narrow ? 22 : 26, second = 4 + 3 * cell + sign;
  const [px, py] = narrow ? [4, y + 104] : [4 + 6 * cell + 2 * sign, y];
  return { narrow, cell, sign, corners: [[4, y], [second, y], [px, py]], sum: narrow ? [px + 3 * cell + 12, py + 22] : [px + 4, py + 82] };
}

const scene = {
  height: (width) => half(width) + 52 + (isNarrow(width) ? 210 : 130),

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const now = state(numbers);
    const { picture, output, row, column, stride } = now;
    const [height, breadth] = [picture.length, picture[0].length];
    const { room, right, y, cell, x0, x1, y0 } = places(width, picture);
    write(`picture ${height} × ${breadth}`, 4, 12, { size: 13, weight: 700, colour: colours.text });
    write(`output ${output.length} × ${output[0].length}`, right, 12, { size: 13, weight: 700, colour: colours.text });
    if (now.padding === "same") { // zeros around the picture
      const [above, before] = [height, breadth].map((size) => paddingBefore(size, SIDE, stride, "same"));
      for (let r = -above; r < (output.length - 1) * stride - above + SIDE; r++) {
        for (let c = -before; c < (output[0].length - 1) * stride - before + SIDE; c++) {
          if (r >= 0 && r < height && c >= 0 && c < breadth) continue;
          g.strokeStyle = colours.faint;
          g.strokeRect(x0 + c * cell + 0.5, y0 + r * cell + 0.5, cell - 1, cell - 1);
        }
      }
    }
    drawPixels(stage, picture, x0, y0, cell, (value) => value);
    frame(g, colours, x0 + now.left * cell, y0 + now.top * cell, SIDE * cell);

    const all = output.flat(), lowest = Math.min(...all), span = Math.max(...all) - lowest;
    const reached = row * output[0].length + column;
    drawPixels(stage, output, x1, y0, cell, (value, r, c) => {
      if (r * output[0].length + c > reached) return null;
      return span ? Math.floor((255 * (value - lowest)) / span) : 128;
    });
    frame(g, colours, x1 + column * cell, y0 + row * cell, cell);
    const ends = `black ${quotient(lowest, now.divisor)}, white ${quotient(lowest + span, now.divisor)}`;
    write(ends, width - 4, y + room + 10, { size: 12, colour: colours.text, align: "right" });
    write(`stride ${stride}`, 4, y + room + 10, { size: 12, colour: colours.text });

    const { narrow, cell: wide, sign, corners, sum } = tablesAt(width), [[, tables], , [px]] = corners;
    const products = now.window.map((line, r) => line.map((value, c) => value * now.kernel[r][c]));
    const words = { size: 16, colour: colours.text, align: "center" };
    [["window", now.window], ["kernel", now.kernel], ["products", products]].forEach(([title, values], i) =>
      drawTable(stage, values.flat().map((value) => quotient(value, 1)), ...corners[i], wide, title));
    write("×", 4 + 3 * wide + sign / 2, tables + 33, words);
    write("=", narrow ? 4 + 3 * wide + sign / 2 : px - sign / 2, narrow ? tables + 82 : tables + 33, words);
    const total = output[row][column];
    const lines = [`sum ${quotient(total, 1)}`];
    if (now.divisor !== 1) lines.push(`÷ ${now.divisor} = ${quotient(total, now.divisor)}`);
    lines.forEach((line, i) => {
      const look = { size: 14, weight: 700, colour: colours.second };
      write(line, sum[0] + (narrow ? 0 : 160 * i), sum[1] + (narrow ? LINE * i : 0), look);
    });
  },

  sentence(numbers) {
    const { picture, kernel, divisor, output, row, column, top, left, padding, stride } = state(numbers);
    const rows = output.length, columns = output[0].length, total = output[row][column];
    const lines = kernel.map((line) => line.map((entry) => quotient(entry, 1)).join(" ")).join(" | ");
    const divided = divisor === 1 ? "" : `, which divided by ${divisor} is ${quotient(total, divisor)}`;
    return `The kernel is ${lines}. At position ${row * columns + column + 1} of ${rows * columns}, over rows `
      + `${quotient(top, 1)} to ${top + 2} and columns ${quotient(left, 1)} to ${left + 2}, the products sum to `
      + `${quotient(total, 1)}${divided}. This is the output's pixel in row ${row} and column ${column}. `
      + `With stride ${stride} and padding '${padding}', ${picture.length} × ${picture[0].length} pixels become ${rows} × ${columns}.`;
  },

  grasps(width, numbers) {
    const { picture, kernel, window, output, row, column, top, left, stride, divisor } = state(numbers);
    const { cell, x0, x1, y0 } = places(width, picture);
    const kept = cellsAt(x1, y0, [output.length, output[0].length], cell);
    // Of the window in the picture, by the output's pixel that it makes.
    const windows = cellsAt(x0 + (left - column * stride + 1.5 - stride / 2) * cell,
      y0 + (top - row * stride + 1.5 - stride / 2) * cell, [output.length, output[0].length], stride * cell);
    const stepIn = (cells) => (x, y) => {
      const [r, c] = cells.of(x, y);
      return { step: r * output[0].length + c };
    };
    const { cell: wide, corners, sum } = tablesAt(width);
    const tables = corners.map(([x, y]) => cellsAt(x, y, [SIDE, SIDE], wide, LINE));
    const under = cellsAt(x0 + left * cell, y0 + top * cell, [SIDE, SIDE], cell), home = kept.part(row, column);
    return [...tables.map((table) => ({
      over: table.box,
      words(x, y) {
        const [r, c] = table.of(x, y);
        return `${quotient(window[r][c], 1)} × ${quotient(kernel[r][c], 1)} = ${quotient(window[r][c] * kernel[r][c], 1)}`;
      },
      marks: (x, y) => [...tables, under].map(({ part }) => part(...table.of(x, y))),
    })), {
      over: [sum[0], sum[1] - 11, 120, LINE], words: () => `goes to row ${row}, column ${column} of the output`,
      marks: () => [tables[2].box, home],
    }, {
      at: windows.middle(row, column), handle: [x0 + left * cell, y0 + top * cell, SIDE * cell, SIDE * cell],
      over: [x0, y0, picture[0].length * cell, picture.length * cell], to: stepIn(windows),
    }, {
      over: kept.box, at: kept.middle(row, column), to: stepIn(kept),
      words(x, y) {
        const [r, c] = kept.of(x, y);
        return r * output[0].length + c > row * output[0].length + column ? ""
          : `row ${r}, column ${c}: ${quotient(output[r][c], divisor)}`;
      },
    }];
  },
};
