const ARRANGEMENTS = ["two groups", "corners", "inside a ring"];
const REACH = 4; // the map shows both inputs from -4 to 4
const CIRCLES = 6; // the first of the points
const GREATEST_SUM = 14;

export function weightedSum(weights, bias, point) {
  return weights[0] * point[0] + weights[1] * point[1] + bias;
}

export function onRightSide(weights, bias, points) {
  return points.map((point, i) => (weightedSum(weights, bias, point) > 0) === (i < CIRCLES));
}

export function positiveSide(weights, bias, reach) {
  const corners = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
  const kept = [];
  corners.forEach((here, i) => {
    const there = corners[(i + 1) % 4];
    const sumHere = weightedSum(weights, bias, here), sumThere = weightedSum(weights, bias, there);
    if (sumHere > 0) kept.push(here);
    if ((sumHere > 0) !== (sumThere > 0)) {
      const part = sumHere / (sumHere - sumThere);
      kept.push([0, 1].map((k) => here[k] + part * (there[k] - here[k])));
    }
  });
  return kept;
}

export function shortDecimal(value) {
  const rounded = Math.floor(Math.abs(value) * 100 + 0.5) / 100;
  return `${value < 0 && rounded ? "−" : ""}${rounded}`;
}

const inBrackets = (value) => (value < 0 ? `(${shortDecimal(value)})` : shortDecimal(value));

function read({ arrangement_index, arrangements, first_weight, second_weight, bias, point }) {
  const points = arrangements[arrangement_index], weights = [first_weight, second_weight];
  const chosen = points[point - 1];
  return { points, weights, bias, chosen, total: weightedSum(weights, bias, chosen),
    right: onRightSide(weights, bias, points) };
}

const mapSize = (width) => Math.min(width, 300);

// The map of both inputs; a narrow page has the sum below it.
function mapAt(width) {
  const size = mapSize(width), left = width >= 540 ? 0 : (width - size) / 2;
  return chartAt([left, 0, left + size, size], [-REACH, REACH], [-REACH, REACH]);
}

// The line's place that is nearest to the middle of the map: by it, the line is held.
function gripOf([first, second], bias) {
  const square = first * first + second * second;
  return square ? [first, second].map((weight) => (-bias * weight) / square) : null;
}

function drawMap(stage, map, size, state) {
  const { g, colours, write } = stage;
  const { points, weights, bias, chosen, right } = state, { left } = map;
  const middle = left + size / 2, at = ([x, y]) => [map.x(x), map.y(y)];
  const region = positiveSide(weights, bias, REACH);
  g.globalAlpha = 0.16;
  fillShape(g, region.map(at), colours.first);
  g.globalAlpha = 1;
  for (let x = -2.75; x < REACH; x += 1.5) {
    for (let y = -2.75; y < REACH; y += 1.5) {
      const sign = weightedSum(weights, bias, [x, y]) > 0 ? "+" : "−";
      write(sign, ...at([x, y]), { size: 14, colour: colours.faint, align: "center" });
    }
  }
  g.lineWidth = 1;
  g.strokeStyle = colours.grid;
  g.strokeRect(left + 0.5, 0.5, size - 1, size - 1);
  const onLine = region.filter((corner) => Math.abs(weightedSum(weights, bias, corner)) < 1e-9);
  if (onLine.length === 2) strokeLine(g, onLine.map(at), colours.text, 2.5);
  drawArrow(stage, at([0, 0]), at(weights));
  const grip = gripOf(weights, bias);
  if (grip && onLine.length === 2) dot(g, at(grip), 5, colours.text);
  points.forEach((point, i) => {
    const [x, y] = at(point);
    g.beginPath();
    if (i < CIRCLES) g.arc(x, y, 7, 0, 2 * Math.PI);
    else g.rect(x - 6, y - 6, 12, 12);
    g.fillStyle = g.strokeStyle = i < CIRCLES ? colours.first : colours.second;
    if (!right[i]) g.fillStyle = colours.background;
    g.fill();
    g.lineWidth = 2.5;
    g.stroke();
    if (right[i]) return;
    strokeLine(g, [[x - 3, y - 3], [x + 3, y + 3]], colours.text, 1.5);
    strokeLine(g, [[x - 3, y + 3], [x + 3, y - 3]], colours.text, 1.5);
  });
  g.strokeStyle = colours.text;
  g.lineWidth = 1.5;
  g.beginPath();
  g.arc(...at(chosen), 13, 0, 2 * Math.PI);
  g.stroke();
  write("first input →", left + size - 6, size - 10, { size: 12, colour: colours.text, align: "right" });
  g.save();
  g.translate(left + 11, 100);
  g.rotate(-Math.PI / 2);
  write("second input →", 0, 0, { size: 12, colour: colours.text });
  g.restore();
  write("shaded, +: sum above 0   ×: wrong side", middle, size + 14, { size: 12, colour: colours.text, align: "center" });
}

function dot(g, [x, y], radius, colour) {
  g.fillStyle = colour;
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.fill();
}

// The weights as an arrow, at a right angle to the line.
function drawArrow({ g, colours, write }, [x0, y0], [x, y]) {
  strokeLine(g, [[x0, y0], [x, y]], colours.third, 2.5);
  dot(g, [x, y], 6, colours.third);
  write("weights", x + 10, y, { size: 12, colour: colours.third, weight: 700 });
}

function drawSum({ g, colours, write }, left, top, width, { chosen, weights, bias, total }, point) {
  write(`point ${point}, ringed`, left, top, { size: 13, weight: 700, colour: colours.text });
  const rows = [
    [`${inBrackets(weights[0])} × ${inBrackets(chosen[0])}`, weights[0] * chosen[0], colours.faint],
    [`+ ${inBrackets(weights[1])} × ${inBrackets(chosen[1])}`, weights[1] * chosen[1], colours.faint],
    [`+ bias ${inBrackets(bias)}`, bias, colours.faint],
    [`= ${shortDecimal(total)}`, total, total > 0 ? colours.first : colours.second],
  ];
  const from = left + 98, half = (width - 98) / 2, zero = from + half;
  rows.forEach(([words, value, colour], k) => {
    const y = top + 30 + k * 30 + (k === 3 ? 8 : 0);
    write(words, left, y, { size: 13, colour: colours.text, weight: k === 3 ? 700 : 400 });
    const length = (value / GREATEST_SUM) * half;
    g.fillStyle = colour;
    g.fillRect(Math.min(zero, zero + length), y - 8, Math.abs(length), 16);
  });
  g.fillStyle = colours.grid;
  g.fillRect(left, top + 109, width, 1);
  g.fillStyle = colours.text;
  g.fillRect(zero, top + 18, 1, 124);
  write("0", zero, top + 152, { size: 12, colour: colours.text, align: "center" });
  const answer = total > 0 ? "above 0: circle ●" : "not above 0: square ■";
  write(answer, left, top + 174, { size: 13, weight: 700, colour: colours.text });
}

const scene = {
  height: (width) => (width >= 540 ? 328 : mapSize(width) + 230),

  draw(stage, numbers) {
    const state = read(numbers), size = mapSize(stage.width);
    drawMap(stage, mapAt(stage.width), size, state);
    if (stage.width >= 540) {
      drawSum(stage, size + 28, 56, stage.width - size - 32, state, numbers.point);
    } else {
      drawSum(stage, 4, size + 44, stage.width - 8, state, numbers.point);
    }
  },

  sentence(numbers) {
    const { points, weights, bias, chosen, total, right } = read(numbers);
    const calculation = `${inBrackets(weights[0])} × ${inBrackets(chosen[0])} + ${inBrackets(weights[1])} × ${inBrackets(chosen[1])} + ${inBrackets(bias)} = ${shortDecimal(total)}`;
    const [side, answer] = total > 0 ? ["above 0", "circle"] : ["not above 0", "square"];
    const how = right[numbers.point - 1] ? "correctly" : "wrongly";
    const count = right.filter(Boolean).length;
    return `Point ${numbers.point} of “${ARRANGEMENTS[numbers.arrangement_index]}” gives ${calculation}, which is ${side}, so `
      + `the neuron ${how} answers ${answer}. It classifies ${count} of ${points.length} points correctly.`;
  },

  grasps(width, numbers) {
    const { points, weights, bias } = read(numbers), { box, x, y, across, up } = mapAt(width);
    const grip = gripOf(weights, bias), on = (place) => [x(place[0]), y(place[1])];
    const tap = ([px, py]) => [px - 12, py - 12, 24, 24];
    return [
      ...(grip ? [{ at: on(grip), over: box, to: (px, py) => ({ bias: -weightedSum(weights, 0, [across(px), up(py)]) }) }] : []),
      ...points.map((point, i) => ({ over: tap(on(point)), to: () => ({ point: i + 1 }) })),
      { at: on(weights), handle: tap(on(weights)), to: (px, py) => ({ first_weight: across(px), second_weight: up(py) }) },
    ];
  },
};
