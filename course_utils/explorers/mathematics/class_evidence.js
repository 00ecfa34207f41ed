// Class evidence of a small trained network, and a square that covers a part of its picture. It
// stands behind network.js, and adds up in the order in which class_evidence.py does.

// What each cell of the maps before a dense layer adds to the logit of each class.
export function classEvidence(maps, [height, width, nMaps], weights) {
  const nClasses = weights.length / maps.length, evidence = new Float64Array(height * width * nClasses);
  for (let k = 0; k < nMaps; k++) {
    for (let cell = 0; cell < height * width; cell++) {
      const from = cell * nMaps + k;
      for (let c = 0; c < nClasses; c++) evidence[cell * nClasses + c] += maps[from] * weights[from * nClasses + c];
    }
  }
  return evidence;
}

// A picture of 28 x 28 pixels with one grey value over a square of it.
export function cover(pixels, row, column, side, grey) {
  return Uint8Array.from(pixels, (value, i) => {
    const down = Math.floor(i / 28) - row, right = (i % 28) - column;
    return down >= 0 && down < side && right >= 0 && right < side ? grey : value;
  });
}

// What a network makes of a picture: {probabilities, evidence, biases}.
export function reading(layers, weights, pixels) {
  const outputs = layerOutputs(layers, weights, pixels);
  const [nInputs, nClasses] = layers.at(-1).shape; // the dense layer's numbers are the last of all
  const own = weights.slice(-(nInputs + 1) * nClasses, -nClasses);
  const { values, shape } = outputs.at(-3); // before Flatten and the dense layer
  return {
    probabilities: outputs.at(-1).values,
    evidence: classEvidence(values, shape, own),
    biases: weights.slice(-nClasses),
  };
}

// What each cell adds to the logit of a class beyond what it adds in a blank picture.
function addedBy({ evidence }, blank, k) {
  const nClasses = blank.biases.length;
  return Array.from({ length: evidence.length / nClasses }, (_, i) => evidence[i * nClasses + k] - blank.evidence[i * nClasses + k]);
}

// The map of a class over its picture, dimmed so that squares stand out.
function drawEvidence(stage, picture, [x, y, side], added, strongest) {
  const across = Math.sqrt(added.length);
  paintGrey(stage.g, picture, [28, 28], [x, y], side / 28, 3 * 255);
  drawSquares(stage, added, across, [x, y], side / across, strongest);
}

// A square in each cell, the larger the further its value is from 0: filled above it, hollow below.
function drawSquares({ g }, values, across, [x, y], cell, strongest) {
  values.forEach((value, i) => {
    const length = Math.sqrt(Math.abs(value) / strongest) * 0.85 * cell;
    const left = x + ((i % across) + 0.5) * cell - length / 2, top = y + (Math.floor(i / across) + 0.5) * cell - length / 2;
    g.fillStyle = g.strokeStyle = value > 0 ? DARK.first : DARK.second;
    g.lineWidth = 1.5;
    if (value > 0) g.fillRect(left, top, length, length);
    else if (length > 2) g.strokeRect(left + 0.75, top + 0.75, length - 1.5, length - 1.5);
  });
}

// A pointer reads the cells of a map.
function readEvidence([x, y, side], added) {
  const across = Math.sqrt(added.length), cells = cellsAt(x, y, [across, across], side / across);
  return {
    over: cells.box,
    words(px, py) {
      const [row, column] = cells.of(px, py);
      return `row ${row}, column ${column}: ${decimals(added[row * across + column], 2)}`;
    },
  };
}

// The logits of all classes, added up as `logit` does.
export function logitsOf({ evidence, biases }) {
  return Array.from(biases, (bias, k) => {
    let sum = bias;
    for (let i = k; i < evidence.length; i += biases.length) sum += evidence[i];
    return sum;
  });
}

// The logits of all classes for a picture with a square over it.
export function logitsUnder(layers, weights, pixels, row, column, side, grey) {
  return logitsOf(reading(layers, weights, cover(pixels, row, column, side, grey)));
}

// The evidence of all cells and the bias, added up cell by cell.
export function logit(evidence, bias) {
  return evidence.reduce((total, value) => total + value, bias);
}
