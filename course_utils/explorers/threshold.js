const HIGHEST = 99; // per cent
const CHART = 214; // where the matrix stands beside it
const beside = (width) => width >= 600;
const NAMES_WIDTH = 96; // of the column of class names, in pixels

export function tally(levels, answers, labels, threshold, nClasses) {
  const matrix = Array.from({ length: nClasses }, () => new Array(nClasses).fill(0));
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] >= threshold) matrix[labels[i]][answers[i]]++;
  }
  return matrix;
}

export function curve(levels, answers, labels) {
  const answered = new Array(101).fill(0), right = new Array(101).fill(0);
  for (let i = 0; i < levels.length; i++) {
    answered[levels[i]]++;
    if (answers[i] === labels[i]) right[levels[i]]++;
  }
  for (let level = 99; level >= 0; level--) {
    answered[level] += answered[level + 1];
    right[level] += right[level + 1];
  }
  return [answered.slice(0, HIGHEST + 1), right.slice(0, HIGHEST + 1)];
}

export function percentage(part, whole) {
  if (whole === 0) return "none";
  const tenths = Math.floor((2000 * part + whole) / (2 * whole));
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

export function mistakenFor(row, trueClass, names) {
  const wrong = row.map((count, k) => [count, k]).filter(([count, k]) => count && k !== trueClass);
  wrong.sort(([a, k], [b, l]) => b - a || k - l);
  return wrong.slice(0, 2).map(([count, k]) => `${count} as ${names[k]}`).join(", ") || "none";
}

const sumOf = (row) => row.reduce((sum, count) => sum + count, 0);

// The chart of two curves over the threshold.
function chart(width) {
  return chartAt([44, 58, (beside(width) ? CHART : width) - 12, 214], [0, HIGHEST], [0, 1]);
}

function drawCurves(stage, { answered, right, threshold }) {
  const { g, colours, write } = stage;
  const { left, right: end, top, bottom, x, y: height } = chart(stage.width), y = (part, whole) => height(part / whole);
  const small = { colour: colours.text, size: 12 };
  const [n, nRight] = [answered[threshold], right[threshold]];
  g.fillStyle = colours.first;
  g.fillRect(6, 12, 22, 3);
  write(`answered: ${percentage(n, answered[0])}`, 36, 14, { ...small, size: 13 });
  g.fillStyle = colours.second;
  for (const dash of [6, 14, 22]) g.fillRect(dash, 33, 6, 3);
  write(`of these right: ${percentage(nRight, n)}`, 36, 35, { ...small, size: 13 });
  for (const percent of [0, 50, 100]) gridLine(stage, left, end, y(percent, 100), `${percent} %`);
  strokeLine(g, answered.map((count, level) => [x(level), y(count, answered[0])]), colours.first, 2.5);
  const held = answered.flatMap((count, level) => (count ? [[x(level), y(right[level], count)]] : []));
  g.setLineDash([6, 3]);
  strokeLine(g, held, colours.second, 2.5);
  g.setLineDash([]);
  g.fillStyle = colours.text;
  g.fillRect(x(threshold) - 0.5, top - 8, 1, bottom - top + 8);
  const dot = (px, py, colour) => {
    g.fillStyle = colour;
    g.beginPath();
    g.arc(px, py, 4.5, 0, 2 * Math.PI);
    g.fill();
  };
  dot(x(threshold), y(n, answered[0]), colours.first);
  if (n) dot(x(threshold), y(nRight, n), colours.second);
  for (const [level, align] of [[0, "center"], [50, "center"], [99, "right"]]) {
    write(`${level} %`, x(level) + (align === "right" ? 10 : 0), bottom + 14, { ...small, align });
  }
  write("minimum confidence", (left + end) / 2, bottom + 32, { ...small, align: "center" });
}

// Where the matrix is, and how large its cells.
function matrixAt(whole, nClasses) {
  const [x0, y0, width] = beside(whole) ? [CHART + 6, 4, whole - CHART - 6] : [0, 262, whole];
  const cell = Math.min(34, (width - NAMES_WIDTH - 4) / nClasses), high = Math.min(cell, 240 / nClasses, 24);
  return { x0, y0, width, cell, high, left: x0 + NAMES_WIDTH, top: y0 + 40 };
}

function drawMatrix(stage, { matrix, names, own }) {
  const { g, colours, write } = stage, longest = NAMES_WIDTH;
  const { x0, y0, width, cell, high, left, top } = matrixAt(stage.width, names.length);
  const small = { colour: colours.text, size: 12 };
  write("row: true class, column: answer", x0 + 4, y0 + 10, small);
  names.forEach((name, k) => {
    write(String(k), left + (k + 0.5) * cell, top - 10, { ...small, align: "center" });
    g.save();
    g.beginPath();
    g.rect(x0, top + k * high, longest - 4, high);
    g.clip();
    write(name === String(k) ? name : `${k} ${name}`, x0 + 4, top + (k + 0.5) * high,
      { ...small, weight: k === own ? 700 : 400 });
    g.restore();
  });
  matrix.forEach((row, i) => {
    const sum = sumOf(row);
    row.forEach((count, k) => {
      const [x, y] = [left + k * cell, top + i * high];
      g.globalAlpha = count ? 0.08 + 0.42 * Math.sqrt(count / sum) : 0;
      g.fillStyle = i === k ? colours.first : colours.second;
      g.fillRect(x, y, cell, high);
      g.globalAlpha = 1;
      g.lineWidth = i === k ? 2 : 1;
      g.strokeStyle = i === k ? colours.first : colours.grid;
      g.strokeRect(x + 1, y + 1, cell - 2, high - 2);
      if (count && cell >= 30) write(String(count), x + cell / 2, y + high / 2, { ...small, align: "center" });
    });
  });
  g.strokeStyle = colours.text;
  g.lineWidth = 2;
  g.strokeRect(left, top + own * high, cell * names.length, high);
  const row = matrix[own], foot = top + high * names.length;
  write(`${names[own]}: ${row[own]} of ${sumOf(row)} right`, x0 + 4, foot + 16, { ...small, weight: 700 });
  const words = `mistaken: ${mistakenFor(row, own, names)}`;
  const lines = width < 300 ? words.split(", ") : [words];
  lines.forEach((line, k) => write(line, x0 + 4, foot + 34 + 17 * k, small));
}


const scene = {
  height: (width) => (beside(width) ? 330 : 362 + Math.min(240, width - NAMES_WIDTH - 4)),

  draw(stage, { levels, answers, labels, class_names, threshold, true_class_index }) {
    const [answered, right] = curve(levels, answers, labels);
    const matrix = tally(levels, answers, labels, threshold, class_names.length);
    drawCurves(stage, { answered, right, threshold });
    drawMatrix(stage, { matrix, names: class_names, own: true_class_index });
  },

  sentence({ levels, answers, labels, class_names, threshold, true_class_index }) {
    const [answered, right] = curve(levels, answers, labels);
    const n = answered[threshold], own = true_class_index;
    const row = tally(levels, answers, labels, threshold, class_names.length)[own];
    let all = 0;
    for (const label of labels) if (label === own) all++;
    return `With a confidence of at least ${threshold} %, the network answers ${n} of ${levels.length} images `
      + `(${percentage(n, levels.length)}), ${n ? `and ${percentage(right[threshold], n)} of these answers are right` : "so there is no accuracy"}. `
      + `Of the class ${class_names[own]} it answers ${sumOf(row)} of ${all} images, ${percentage(row[own], sumOf(row))} of them correctly; `
      + `most common mistakes: ${mistakenFor(row, own, class_names)}.`;
  },

  grasps(width, { levels, answers, labels, class_names, threshold }) {
    const { top: roof, x, across, box: [from, , wide, tall] } = chart(width), n = class_names.length;
    const { x0, cell, high, left, top } = matrixAt(width, n), cells = cellsAt(left, top, [n, n], cell, high);
    const matrix = tally(levels, answers, labels, threshold, n);
    return [{
      at: [x(threshold), roof], handle: [x(threshold) - FINGER / 2, roof - 8, FINGER, tall + 8],
      over: [from, roof - 8, wide, tall + 8], to: (px) => ({ threshold: across(px) }),
    }, {
      over: [x0, top, left - x0 + n * cell, n * high], to: (px, py) => ({ true_class_index: cells.of(px, py)[0] }),
      words(px, py) {
        const [row, column] = cells.of(px, py);
        return px < left ? "" : `${class_names[row]}: ${matrix[row][column]} as ${class_names[column]}`;
      },
    }];
  },
};
