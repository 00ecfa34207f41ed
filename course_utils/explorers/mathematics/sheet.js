// A sheet to draw on: 112 x 112 grey values, 4 x 4 for each pixel of the picture that a network
// gets. Twin of sheet.py, to the bit.

const DOTS = 112;
const PIXELS = 28;
const FINE = DOTS / PIXELS; // dots along a pixel

const grey = (value) => Math.min(255, Math.floor(value + 0.5));

// A new sheet with a straight line of round ends on it. Points are [row, column] in dots.
export function stroke(sheet, start, end, radius) {
  const drawn = Uint8Array.from(sheet);
  const down = end[0] - start[0], right = end[1] - start[1], length = down * down + right * right;
  for (let row = 0; row < DOTS; row++) {
    for (let column = 0; column < DOTS; column++) {
      const y = row - start[0], x = column - start[1];
      const part = length === 0 ? 0 : Math.max(0, Math.min(1, (y * down + x * right) / length));
      const dy = y - part * down, dx = x - part * right;
      const ink = Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(dy * dy + dx * dx)));
      const at = row * DOTS + column;
      drawn[at] = Math.max(drawn[at], grey(255 * ink));
    }
  }
  return drawn;
}

// 28 x 28 pixels, each the mean of its dots.
export function reduced(sheet) {
  const image = new Uint8Array(PIXELS * PIXELS);
  for (let at = 0; at < image.length; at++) {
    const row = FINE * Math.floor(at / PIXELS), column = FINE * (at % PIXELS);
    let sum = 0;
    for (let r = 0; r < FINE; r++) {
      for (let c = 0; c < FINE; c++) sum += sheet[(row + r) * DOTS + column + c];
    }
    image[at] = grey(sum / (FINE * FINE));
  }
  return image;
}

// How much each pixel takes of each dot along an axis: the part of the pixel that the dot covers.
function weightsOf(first, start, scale) {
  return Array.from({ length: PIXELS }, (_, pixel) => {
    const from = (pixel - start) / scale + first, to = (pixel + 1 - start) / scale + first;
    return Array.from({ length: DOTS }, (_, dot) =>
      Math.max(0, Math.min(to, dot + 1) - Math.max(from, dot)) / (to - from));
  });
}

// First and last index with ink, and its centre of mass. Null without ink.
function extent(sums) {
  const first = sums.findIndex((sum) => sum > 0);
  if (first < 0) return null;
  const total = sums.reduce((a, b) => a + b), last = sums.findLastIndex((sum) => sum > 0);
  return { first, last, mass: sums.reduce((a, sum, i) => a + sum * (2 * i + 1), 0) / (2 * total) };
}

// 28 x 28 pixels with the ink scaled into a square of `side` pixels and moved to the middle: by its
// centre of mass, or by the middle of its box. It moves by whole pixels.
export function fitted(sheet, side, byMass) {
  const down = new Array(DOTS).fill(0), right = new Array(DOTS).fill(0);
  sheet.forEach((value, at) => {
    down[Math.floor(at / DOTS)] += value;
    right[at % DOTS] += value;
  });
  const rows = extent(down), columns = extent(right);
  const image = new Uint8Array(PIXELS * PIXELS);
  if (!rows) return image;
  const scale = side / (Math.max(rows.last - rows.first, columns.last - columns.first) + 1);
  const [ofRows, ofColumns] = [rows, columns].map(({ first, last, mass }) => {
    const middle = Math.floor((mass - first) * scale), length = (last - first + 1) * scale;
    return weightsOf(first, byMass ? PIXELS / 2 - middle : Math.floor((PIXELS - length) / 2), scale);
  });
  ofRows.forEach((taken, row) => {
    const line = new Float64Array(DOTS);
    taken.forEach((weight, dot) => {
      if (weight === 0) return;
      for (let k = 0; k < DOTS; k++) line[k] += weight * sheet[dot * DOTS + k];
    });
    ofColumns.forEach((parts, column) => {
      const sum = parts.reduce((total, weight, k) => total + weight * line[k], 0);
      image[row * PIXELS + column] = grey(sum);
    });
  });
  return image;
}

// The picture moved by whole pixels; what leaves it is lost, what comes in is black.
export function shifted(image, down, right) {
  return Uint8Array.from({ length: PIXELS * PIXELS }, (_, at) => {
    const row = Math.floor(at / PIXELS) - down, column = (at % PIXELS) - right;
    const inside = Math.min(row, column) >= 0 && Math.max(row, column) < PIXELS;
    return inside ? image[row * PIXELS + column] : 0;
  });
}
