// The forward pass of a small trained network, for the scenes that show one at work. A network is
// {layers, weights}: layers are {name, kind, shape, activation}, weights all their numbers in one
// row, layer by layer, first the weights and then the biases. Sums are added up in the order in
// which network.py adds them up, so that both give the same bits.

// Reads float32 numbers, wherever in its message the row of bytes begins.
export function asFloats(bytes) {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

// A 3 x 3 convolution of what has the shape [height, width, channels], its edges padded with 0.
export function convolve(input, [height, width, channels], weights, biases) {
  const filters = biases.length, output = new Float64Array(height * width * filters);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const to = (row * width + column) * filters;
      for (let k = 0; k < filters; k++) output[to + k] = biases[k];
      for (let entry = 0; entry < 9; entry++) {
        const r = row + Math.floor(entry / 3) - 1, c = column + (entry % 3) - 1;
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        for (let channel = 0; channel < channels; channel++) {
          const value = input[(r * width + c) * channels + channel];
          const from = (entry * channels + channel) * filters;
          for (let k = 0; k < filters; k++) output[to + k] += value * weights[from + k];
        }
      }
    }
  }
  return output;
}

// The largest of each 2 x 2.
export function pool(input, [height, width, channels]) {
  const rows = height >> 1, columns = width >> 1, output = new Float64Array(rows * columns * channels);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let channel = 0; channel < channels; channel++) {
        const at = (r, c) => input[((2 * row + r) * width + 2 * column + c) * channels + channel];
        output[(row * columns + column) * channels + channel] =
          Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
      }
    }
  }
  return output;
}

// A weighted sum of all numbers for each neuron.
export function dense(input, weights, biases) {
  const output = Float64Array.from(biases);
  for (let i = 0; i < input.length; i++) {
    for (let k = 0; k < output.length; k++) output[k] += input[i] * weights[i * output.length + k];
  }
  return output;
}

export function softmax(logits) {
  const highest = Math.max(...logits);
  const powers = Array.from(logits, (value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

// The output of every layer for 28 x 28 grey values from 0 to 255, or as many of each colour, pixel
// by pixel: a list of {name, shape, values}.
export function layerOutputs(layers, weights, pixels) {
  let shape = [28, 28, pixels.length / 784], from = 0;
  let values = Float64Array.from(pixels, (value) => value / 255);
  return layers.map(({ name, kind, shape: size, activation }) => {
    const n = size.reduce((product, length) => product * length, size.length ? 1 : 0);
    const biases = weights.slice(from + n, from + n + (size.at(-1) ?? 0));
    const own = weights.slice(from, from + n);
    from += n + biases.length;
    if (kind === "convolution") {
      values = convolve(values, shape, own, biases);
      shape = [shape[0], shape[1], biases.length];
    } else if (kind === "pooling") {
      values = pool(values, shape);
      shape = [shape[0] >> 1, shape[1] >> 1, shape[2]];
    } else if (kind === "dense") {
      values = dense(values, own, biases);
      shape = [biases.length];
    } else {
      shape = [values.length];
    }
    if (activation === "relu") values = values.map((value) => Math.max(value, 0));
    if (activation === "softmax") values = softmax(values);
    return { name, shape, values };
  });
}

// Hundredths, halves rounded up.
export function percentOf(fraction) {
  return Math.floor(fraction * 100 + 0.5);
}

export function argmax(values) {
  return values.indexOf(Math.max(...values));
}

// How much of a map with anything in it is 0, and where it is highest.
function mapInWords(values, width) {
  const best = argmax(values), zeros = values.filter((value) => value === 0).length / values.length;
  return `0 at ${percentOf(zeros)} % of its positions and has its highest value, ${decimals(values[best], 2)}, in row `
    + `${Math.floor(best / width)} and column ${best % width}`;
}

// A bar for each probability of an answer, from row to row, with its percentage; the greatest in bold.
function drawBars({ g, colours, write }, answer, [left, top], step, longest, colour) {
  const best = argmax(answer);
  answer.forEach((probability, k) => {
    const middle = top + (k + 0.5) * step, length = probability * longest;
    g.fillStyle = colours.grid;
    g.fillRect(left, middle - 6, 1, 12);
    g.fillStyle = colour;
    g.fillRect(left, middle - 6, length, 12);
    write(`${percentOf(probability)} %`, left + length + 5, middle,
      { colour: colours.text, size: 12, weight: k === best ? 700 : 400 });
  });
}

// Paints values row by row as squares of grey, from black for 0 to white for `highest`.
function paintGrey(g, values, [height, width], [x, y], side, highest) {
  const sheet = document.createElement("canvas");
  sheet.width = width;
  sheet.height = height;
  const pen = sheet.getContext("2d"), image = pen.createImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    const grey = highest > 0 ? (values[i] / highest) * 255 : 0;
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = grey;
    image.data[4 * i + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(sheet, x, y, width * side, height * side);
}

// A frame around pixels, to be seen on black and on white.
function frame({ g, colours }, x, y, width, height) {
  for (const [colour, thick] of [["#ffffff", 5], [colours.second, 2.5]]) {
    g.strokeStyle = colour;
    g.lineWidth = thick;
    g.strokeRect(x, y, width, height);
  }
}

// Nine weights of a filter: each a square, the larger the stronger, empty if negative.
function drawSlice({ g, colours }, slice, x, y, cell, strongest) {
  slice.forEach((weight, position) => {
    const side = Math.sqrt(Math.abs(weight) / strongest) * (cell - 2);
    const left = x + (position % 3) * cell + (cell - side) / 2, top = y + Math.floor(position / 3) * cell + (cell - side) / 2;
    g.fillStyle = g.strokeStyle = weight > 0 ? colours.first : colours.second;
    g.lineWidth = 1.5;
    if (weight > 0) g.fillRect(left, top, side, side);
    else if (side > 2) g.strokeRect(left + 0.75, top + 0.75, side - 1.5, side - 1.5);
  });
  g.strokeStyle = colours.faint;
  g.lineWidth = 1;
  g.strokeRect(x - 1.5, y - 1.5, 3 * cell + 3, 3 * cell + 3);
}

// What is calculated from a scene's numbers, once for both its picture and its sentence.
const KNOWN = new WeakMap();

function remembered(numbers, calculate) {
  if (!KNOWN.has(numbers)) KNOWN.set(numbers, calculate(numbers));
  return KNOWN.get(numbers);
}
