// Windows that slide over a picture, as in windows.py.

export function outputSize(size, window, stride, padding) {
  if (padding === "same") return Math.ceil(size / stride);
  return Math.max(0, Math.floor((size - window) / stride) + 1);
}

export function paddingBefore(size, window, stride, padding) {
  if (padding === "valid") return 0;
  const positions = outputSize(size, window, stride, padding);
  return Math.floor(Math.max(0, (positions - 1) * stride + window - size) / 2);
}

// A window of a picture, row by row, with zeros beyond its border.
export function windowAt(picture, top, left, [rows, columns]) {
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns },
    (_, c) => picture[top + r]?.[left + c] ?? 0));
}

export function convolve(picture, kernel, stride, padding) {
  const shape = [kernel.length, kernel[0].length];
  const [rows, columns] = [picture.length, picture[0].length].map((size, i) => outputSize(size, shape[i], stride, padding));
  const [above, before] = [picture.length, picture[0].length].map((size, i) => paddingBefore(size, shape[i], stride, padding));
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < shape[0]; i++) {
      for (let j = 0; j < shape[1]; j++) {
        sum += kernel[i][j] * (picture[r * stride - above + i]?.[c * stride - before + j] ?? 0);
      }
    }
    return sum;
  }));
}

export function outputPosition(step, rows, columns) {
  const position = Math.min(step, rows * columns - 1);
  return [Math.floor(position / columns), position % columns];
}
