const INPUT = 2, WANTED = [3, 0], STEPS = [1, 0.1, 0.001], SAID = 0.1;
const WEIGHTS = ["w1", "w2", "v11", "v12", "v21", "v22"];
const ACTIVATIONS = ["ReLU", "sigmoid"];
const WIDE = 560, GRAPH = 330; // the page from which the sums stand beside the graph, and its width
const TOP = 4, BOX = 40, FIRST_GAP = 74, SECOND_GAP = 104, LAST_GAP = 40; // from top to bottom
const LABEL = { width: 62, height: 34 };
const PIXELS_PER_STEP = 6; // of a drag, for a tenth
const SUMS_HEIGHT = 218;

const subscripted = (name) => name.replace(/1/g, "₁").replace(/2/g, "₂");

export function slopeOf(z, sigmoid) {
  if (!sigmoid) return z > 0 ? 1 : 0;
  const value = 1 / (1 + Math.exp(-z));
  return value * (1 - value);
}

export function valuesOf(weights, sigmoid) {
  const sums = [0, 1].map((i) => weights[i] * INPUT);
  const hidden = sums.map((z) => (sigmoid ? 1 / (1 + Math.exp(-z)) : Math.max(0, z)));
  const outputs = [0, 1].map((j) => weights[2 + j] * hidden[0] + weights[4 + j] * hidden[1]);
  return [...sums, ...hidden, ...outputs, outputs.reduce((sum, y, j) => sum + (y - WANTED[j]) ** 2, 0)];
}

export function derivativesOf(weights, sigmoid) {
  const values = valuesOf(weights, sigmoid);
  const errors = [0, 1].map((j) => 2 * (values[4 + j] - WANTED[j]));
  const back = [2, 4].map((i) => weights[i] * errors[0] + weights[i + 1] * errors[1]);
  const sums = [0, 1].map((i) => back[i] * slopeOf(values[i], sigmoid));
  const second = [2, 3].flatMap((k) => errors.map((error) => values[k] * error));
  const input = weights[0] * sums[0] + weights[1] * sums[1];
  return [...sums, ...back, ...errors, ...sums.map((sum) => INPUT * sum), ...second, input];
}

export function quotientsOf(weights, sigmoid, place, step) {
  const [higher, lower] = [step, -step].map((by) => {
    const moved = weights.map((w, i) => (i === place ? w + by : w));
    return valuesOf(moved, sigmoid)[6];
  });
  return [(higher - valuesOf(weights, sigmoid)[6]) / step, (higher - lower) / (2 * step)];
}

export function briefly(number) {
  const size = Math.abs(number);
  return decimals(number, size >= 100 ? 1 : size >= 1 ? 2 : 3).replace(/0+$/, "").replace(/\.$/, "");
}

const inBrackets = (number) => (number < 0 ? `(${briefly(number)})` : briefly(number));

function read(numbers) {
  const weights = WEIGHTS.map((name) => numbers[name]), sigmoid = numbers.activation_index === 1;
  const place = numbers.weight_index, values = valuesOf(weights, sigmoid);
  return { weights, sigmoid, place, values, derivatives: derivativesOf(weights, sigmoid) };
}

// The factors of the followed weight's derivative, in one line or two.
function product({ weights, sigmoid, place, values, derivatives }) {
  const errors = derivatives.slice(4, 6);
  if (place >= 2) return [`${briefly(values[2 + ((place - 2) >> 1)])} × ${inBrackets(errors[place % 2])}`];
  const sums = errors.map((error, j) => `${inBrackets(weights[2 + 2 * place + j])} × ${inBrackets(error)}`);
  return [`${briefly(INPUT)} × ${briefly(slopeOf(values[place], sigmoid))} ×`, `(${sums[0]} + ${sums[1]})`];
}

// Where the boxes stand, and where each weight is written; the top of a box, its middle across.
function places(pageWidth) {
  const width = Math.min(pageWidth, GRAPH), middle = width / 2, wide = Math.min(124, width * 0.43);
  const [left, right] = [wide / 2 + 2, width - wide / 2 - 2];
  const hidden = TOP + 24 + FIRST_GAP, outputs = hidden + BOX + SECOND_GAP;
  const boxes = {
    x: { x: middle, y: TOP, width: 112, height: 24 },
    h1: { x: left, y: hidden, width: wide, height: BOX }, h2: { x: right, y: hidden, width: wide, height: BOX },
    y1: { x: left, y: outputs, width: wide, height: BOX }, y2: { x: right, y: outputs, width: wide, height: BOX },
    loss: { x: middle, y: outputs + BOX + LAST_GAP, width: 112, height: 24 },
  };
  const after = hidden + BOX, slant = 30, between = right - left - 2 * slant, reach = 0.2;
  const ends = {
    w1: [[middle - 26, TOP + 24], [left, hidden]], w2: [[middle + 26, TOP + 24], [right, hidden]],
    v11: [[left - 16, after], [left - 16, outputs]], v22: [[right + 16, after], [right + 16, outputs]],
    v12: [[left + slant, after], [right - slant, outputs]], v21: [[right - slant, after], [left + slant, outputs]],
  };
  const labels = {
    w1: [(middle - 26 + left) / 2 - 22, TOP + 24 + FIRST_GAP / 2], w2: [(middle + 26 + right) / 2 + 22, TOP + 24 + FIRST_GAP / 2],
    v11: [left - 16, outputs - 32], v22: [right + 16, outputs - 32],
    v12: [left + slant + reach * between - 10, after + reach * SECOND_GAP], v21: [right - slant - reach * between + 10, after + reach * SECOND_GAP],
  };
  return { width, boxes, ends, labels, bottom: outputs + BOX + LAST_GAP + 28 };
}

function drawBox({ g, colours, write }, { x, y, width, height }, lines) {
  g.fillStyle = colours.background;
  g.strokeStyle = colours.text;
  g.lineWidth = 1;
  g.beginPath();
  g.roundRect(x - width / 2, y, width, height, 6);
  g.fill();
  g.stroke();
  lines.forEach(([words, derivative], i) => {
    const middle = y + 12 + 17 * i;
    write(words, x - width / 2 + 6, middle, { size: 12, colour: colours.first, weight: 600 });
    write(derivative, x + width / 2 - 6, middle, { size: 12, colour: colours.second, align: "right" });
  });
}

// A line with a head where it ends.
function arrow({ g }, [start, end], colour, thick) {
  strokeLine(g, [start, end], colour, thick);
  const angle = Math.atan2(end[1] - start[1], end[0] - start[0]);
  const corner = (turn) => [end[0] - 9 * Math.cos(angle + turn), end[1] - 9 * Math.sin(angle + turn)];
  fillShape(g, [end, corner(0.4), corner(-0.4)], colour);
}

function drawGraph(stage, { weights, place, values, derivatives }) {
  const { g, colours, write } = stage, { boxes, ends, labels } = places(stage.width);
  const back = (number) => `∂ ${briefly(number)}`;
  for (const j of [0, 1]) {
    const from = boxes[`y${j + 1}`], to = boxes.loss;
    arrow(stage, [[from.x, from.y + BOX], [to.x + (j ? 26 : -26), to.y]], colours.faint, 1.5);
  }
  WEIGHTS.forEach((name, i) => arrow(stage, ends[name], i === place ? colours.second : colours.faint, i === place ? 3.5 : 1.5));
  drawBox(stage, boxes.x, [[`x ${briefly(INPUT)}`, back(derivatives[12])]]);
  for (const i of [0, 1]) {
    const lines = [[`z${i + 1} ${briefly(values[i])}`, back(derivatives[i])], [`h${i + 1} ${briefly(values[2 + i])}`, back(derivatives[2 + i])]];
    drawBox(stage, boxes[`h${i + 1}`], lines.map(([words, other]) => [subscriptedName(words), other]));
    const output = `${subscripted(`y${i + 1}`)} ${briefly(values[4 + i])}`;
    drawBox(stage, boxes[`y${i + 1}`], [[output, back(derivatives[4 + i])], [`wanted ${briefly(WANTED[i])}`, ""]]);
  }
  drawBox(stage, boxes.loss, [[`loss ${briefly(values[6])}`, "∂ 1"]]);
  WEIGHTS.forEach((name, i) => {
    const [x, y] = labels[name], chosen = i === place;
    g.fillStyle = colours.background;
    g.strokeStyle = chosen ? colours.second : colours.grid;
    g.lineWidth = chosen ? 2 : 1;
    g.beginPath();
    g.roundRect(x - LABEL.width / 2, y - LABEL.height / 2, LABEL.width, LABEL.height, 4);
    g.fill();
    g.stroke();
    write(`${subscripted(name)} ${briefly(weights[i])}`, x, y - 8, { size: 12, colour: colours.first, align: "center", weight: 600 });
    write(back(derivatives[6 + i]), x, y + 8, { size: 12, colour: colours.second, align: "center" });
  });
}

// Only the name has a subscript, not the number behind it.
function subscriptedName(words) {
  const [name, number] = words.split(" ");
  return `${subscripted(name)} ${number}`;
}

function drawSums({ colours, write }, x, y, state) {
  const { weights, sigmoid, place, derivatives } = state, name = subscripted(WEIGHTS[place]);
  const look = { colour: colours.text, size: 13 }, columns = [x + 62, x + 152, x + 246];
  write(`derivative of the loss for ${name}`, x, y, { ...look, weight: 700 });
  const lines = product(state);
  lines.forEach((words, k) => write(words, x, y + 22 + 18 * k, { ...look, size: 12 }));
  write(`= ${briefly(derivatives[6 + place])}`, x, y + 24 + 18 * lines.length, { ...look, weight: 700 });
  write(`measured, with ${name} moved by a step`, x, y + 94, { ...look, weight: 700 });
  ["step", "to one side", "to both"].forEach((words, k) => write(words, columns[k], y + 116, { ...look, size: 12, align: "right" }));
  STEPS.forEach((step, row) => {
    const found = quotientsOf(weights, sigmoid, place, step);
    [String(step), ...found.map(briefly)].forEach((words, k) => write(words, columns[k], y + 138 + 20 * row, { ...look, align: "right" }));
  });
  write("∂: derivative of the loss", x, y + 204, { ...look, size: 12, colour: colours.second });
}

const scene = {
  height: (width) => (width >= WIDE ? places(width).bottom : places(width).bottom + SUMS_HEIGHT + 16),

  draw(stage, numbers) {
    const state = read(numbers), { width, bottom } = places(stage.width);
    drawGraph(stage, state);
    if (stage.width >= WIDE) drawSums(stage, width + 24, 70, state);
    else drawSums(stage, 4, bottom + 14, state);
  },

  sentence(numbers) {
    const state = read(numbers), { weights, sigmoid, place, values, derivatives } = state;
    const [oneSided, central] = quotientsOf(weights, sigmoid, place, SAID);
    return `With ${ACTIVATIONS[numbers.activation_index]}, z₁ = ${briefly(values[0])} and z₂ = ${briefly(values[1])} give the `
      + `outputs ${briefly(values[4])} and ${briefly(values[5])}, where ${briefly(WANTED[0])} and `
      + `${briefly(WANTED[1])} are wanted, so the loss is ${briefly(values[6])}. `
      + `Its derivative for ${subscripted(WEIGHTS[place])} = ${briefly(weights[place])} is ${product(state).join(" ")} = `
      + `${briefly(derivatives[6 + place])}. Measured with a step of ${SAID} to both sides it is ${briefly(central)}, `
      + `and to one side ${briefly(oneSided)}.`;
  },

  // How far a weight is moved counts, not where to: its label stays in its place.
  grasps(width, numbers) {
    const { labels } = places(width);
    return WEIGHTS.map((name, i) => {
      const [x, y] = labels[name];
      return {
        at: [x, y],
        handle: [x - LABEL.width / 2, y - LABEL.height / 2, LABEL.width, LABEL.height],
        to: (across) => ({ [name]: numbers[name] + (across - x) / PIXELS_PER_STEP / 10, weight_index: i }),
      };
    });
  },
};
