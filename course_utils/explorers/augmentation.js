const ONE = 4096; // sine and cosine are whole numbers of this part, as in Python

export function rotation(degrees) {
  const angle = (degrees * Math.PI) / 180;
  return [Math.round(Math.cos(angle) * ONE), Math.round(Math.sin(angle) * ONE)];
}

// Each new pixel looks back to where it comes from. Coordinates count half pixels from the middle.
export function augment(pixels, size, down, right, degrees, zoom, mirrored) {
  const [height, width] = size, [cos, sin] = rotation(degrees), part = ONE * zoom;
  const result = [];
  for (let r = 0; r < height; r += 1) {
    for (let c = 0; c < width; c += 1) {
      const y = 2 * (r - down) - (height - 1), x = 2 * (c - right) - (width - 1);
      const across = (x * cos + y * sin) * (mirrored ? -1 : 1), along = y * cos - x * sin;
      const column = Math.floor((100 * across + width * part) / (2 * part));
      const row = Math.floor((100 * along + height * part) / (2 * part));
      const inside = row >= 0 && row < height && column >= 0 && column < width;
      result.push(inside ? pixels[row * width + column] : 0);
    }
  }
  return result;
}

export function inkLost(pixels, size, down, right, degrees, zoom, mirrored) {
  const [height, width] = size, [cos, sin] = rotation(degrees), whole = 100 * ONE;
  let lost = 0, total = 0;
  for (let r = 0; r < height; r += 1) {
    for (let c = 0; c < width; c += 1) {
      const y = 2 * r - (height - 1), x = (2 * c - (width - 1)) * (mirrored ? -1 : 1);
      const across = zoom * (x * cos - y * sin) + 2 * right * whole;
      const along = zoom * (x * sin + y * cos) + 2 * down * whole;
      const value = pixels[r * width + c];
      total += value;
      if (Math.abs(across) >= width * whole || Math.abs(along) >= height * whole) lost += value;
    }
  }
  return [lost, total];
}

export function inkInWords(lost, total) {
  if (lost === 0) return "None";
  if (lost === total) return "All";
  const percent = Math.floor((200 * lost + total) / (2 * total));
  return { 0: "Less than 1 %", 100: "More than 99 %" }[percent] ?? `${percent} %`;
}

export function moveInWords(down, right, degrees, zoom, mirrored) {
  const steps = [];
  if (down) steps.push(`${Math.abs(down)} ${down > 0 ? "down" : "up"}`);
  if (right) steps.push(`${Math.abs(right)} ${right > 0 ? "right" : "left"}`);
  const parts = mirrored ? ["mirrored"] : [];
  if (zoom !== 100) parts.push(`${zoom > 100 ? "enlarged" : "shrunk"} to ${zoom} %`);
  if (degrees) parts.push(`turned by ${degrees}°`);
  if (steps.length) parts.push(`moved ${steps.join(" and ")}`);
  return parts.join(", ") || "unchanged";
}

function look({ pixels, size, image, down, right, degrees, zoom, mirrored }) {
  const n = size[0] * size[1];
  const before = pixels.subarray(image * n, (image + 1) * n);
  const moves = [down, right, degrees, zoom, mirrored];
  const after = augment(before, size, ...moves);
  return {
    before, after, n,
    words: moveInWords(...moves),
    changed: after.filter((value, i) => value !== before[i]).length,
    lost: inkInWords(...inkLost(before, size, ...moves)),
  };
}

// A dot of the picture is a whole number of pixels on the screen: no seams between dots.
const dotSide = (width, size) => Math.max(1, Math.floor(Math.min(280, (width - 24) / 2) / Math.max(...size)));

// Where the augmented picture is: its middle and its sides.
function place(width, [height, breadth]) {
  const side = dotSide(width, [height, breadth]), tall = Math.min(280, (width - 24) / 2);
  const left = Math.round((3 * width) / 4 - (side * breadth) / 2), top = 30 + Math.round((tall - side * height) / 2);
  return { side, left, top, x: left + (side * breadth) / 2, y: top + (side * height) / 2 };
}

// The knob by which it is turned and zoomed, seen from its middle.
function knob({ degrees, zoom, size }, side) {
  const angle = (degrees * Math.PI) / 180, length = (0.3 * Math.min(...size) * side * zoom) / 100;
  return [length * Math.sin(angle), -length * Math.cos(angle)];
}

const scene = {
  height: (width) => (Math.min(280, (width - 24) / 2)) + 78,

  draw({ g, width, colours, write }, numbers) {
    const { size: [height, breadth], names, image } = numbers;
    const { before, after, n, changed, lost } = look(numbers);
    const side = dotSide(width, numbers.size);
    const tall = Math.min(280, (width - 24) / 2);
    [[before, "original", width / 4], [after, "augmented", (3 * width) / 4]].forEach(([values, title, x]) => {
      const left = Math.round(x - (side * breadth) / 2), top = 30 + Math.round((tall - side * height) / 2);
      write(title, x, 14, { colour: colours.text, align: "center", weight: 600 });
      for (let i = 0; i < n; i += 1) {
        g.fillStyle = `rgb(${values[i]}, ${values[i]}, ${values[i]})`;
        g.fillRect(left + (i % breadth) * side, top + Math.floor(i / breadth) * side, side, side);
      }
      g.strokeStyle = colours.second;
      g.lineWidth = 2;
      g.strokeRect(left - 1, top - 1, side * breadth + 2, side * height + 2);
    });
    const { x, y } = place(width, numbers.size), [kx, ky] = knob(numbers, side);
    for (const [colour, thick, radius] of [["#ffffff", 5, 8], [LIGHT.second, 2, 6]]) {
      strokeLine(g, [[x, y], [x + kx, y + ky]], colour, thick);
      g.fillStyle = colour;
      g.beginPath();
      g.arc(x + kx, y + ky, radius, 0, 2 * Math.PI);
      g.fill();
    }
    const line = { colour: colours.text, align: "center", size: 12 };
    write(names[image], width / 4, tall + 46, line);
    write(`${changed} of ${n} pixels new`, (3 * width) / 4, tall + 46, line);
    write(`ink lost: ${lost.toLowerCase()}`, (3 * width) / 4, tall + 65, line);
  },

  sentence(numbers) {
    const { n, words, changed, lost } = look(numbers);
    return `${numbers.names[numbers.image]}, ${words}: ${changed} of ${n} pixels have a new value. `
      + `${lost} of the ink has left the frame.`;
  },

  grasps(width, numbers) {
    const { size, down, right } = numbers, { side, left, top, x, y } = place(width, size), [kx, ky] = knob(numbers, side);
    return [{
      at: [x + right * side, y + down * side], handle: [left, top, size[1] * side, size[0] * side],
      to: (px, py) => ({ right: (px - x) / side, down: (py - y) / side }),
    }, {
      at: [x + kx, y + ky], handle: [x + kx - 16, y + ky - 16, 32, 32],
      to(px, py) {
        const degrees = (Math.atan2(px - x, y - py) * 180) / Math.PI;
        return { degrees: (degrees + 360) % 360, zoom: (100 * Math.hypot(px - x, py - y)) / (0.3 * Math.min(...size) * side) };
      },
    }];
  },
};
