const NAMES = ["ReLU", "sigmoid", "tanh"];
const FLAT = 0.01;

export function weightedSum(pixel, weight, bias) {
  return Math.floor(100 * (weight * pixel + bias) + 0.5) / 100 + 0;
}

export function activate(name, z) {
  if (name === "ReLU") return Math.max(0, z);
  return name === "sigmoid" ? 1 / (1 + Math.exp(-z)) : Math.tanh(z);
}

export function slopeAt(name, z) {
  if (name === "ReLU") return Number(z > 0);
  const value = activate(name, z);
  return name === "sigmoid" ? value * (1 - value) : 1 - value * value;
}

export function zRange(weight, bias) {
  const ends = [weightedSum(0, weight, bias), weightedSum(1, weight, bias)];
  return ends.sort((a, b) => a - b);
}

export function verdict(name, z, highest) {
  if (name === "ReLU" && highest <= 0) return "The neuron is dead: no pixel gets z above 0.";
  const slope = slopeAt(name, z);
  if (slope === 0) return "The neuron is off for this pixel: other pixel values get z above 0.";
  return slope < FLAT ? "The neuron is saturated: its curve is almost flat here." : "The neuron passes changes on.";
}

function sumInWords({ pixel, weight, bias }) {
  return `${decimals(weight, 1)} × ${decimals(pixel, 1)} ${bias < 0 ? "−" : "+"} ${Math.abs(bias).toFixed(1)}`;
}

// The activation over z.
function chart(width, name) {
  return chartAt([40, 34, width - 12, 236], [-10.5, 10.5], name === "ReLU" ? [-1.5, 10.5] : [-1.3, 1.3]);
}

const scene = {
  height: 316,

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const name = NAMES[numbers.activation_index];
    const z = weightedSum(numbers.pixel, numbers.weight, numbers.bias);
    const [lowest, highest] = zRange(numbers.weight, numbers.bias);
    const value = activate(name, z), slope = slopeAt(name, z);
    const { left, right, top, bottom, x, y } = chart(width, name);
    const curve = (from, to) => Array.from({ length: 201 }, (_, i) => {
      const v = from + ((to - from) * i) / 200;
      return [x(v), y(activate(name, v))];
    });

    const centre = { align: "center", colour: colours.text };
    write(`z = ${sumInWords(numbers)} = ${decimals(z, 2)}`, width / 2, 14, { ...centre, weight: 700 });
    for (const v of name === "ReLU" ? [0, 5, 10] : [-1, 0, 1]) gridLine(stage, left, right, y(v), decimals(v, 0));
    g.fillStyle = colours.grid;
    g.fillRect(x(0), top, 1, bottom - top);
    for (const v of [-10, -5, 0, 5, 10]) write(decimals(v, 0), x(v), bottom + 11, { ...centre, size: 12 });

    strokeLine(g, curve(-10, 10), colours.faint, 1.5);
    strokeLine(g, curve(lowest, highest), colours.first, 6);
    const run = name === "ReLU" ? 2.5 / Math.hypot(1, slope) : 2.5;
    g.setLineDash([6, 4]);
    strokeLine(g, [-run, run].map((d) => [x(z + d), y(value + d * slope)]), colours.second, 2.5);
    g.setLineDash([]);
    const [px, py] = [x(z), y(value)];
    fillShape(g, [[px, py - 9], [px + 9, py], [px, py + 9], [px - 9, py]], colours.second);

    for (const end of [numbers.bias, numbers.weight + numbers.bias]) {
      fillShape(g, [[x(end) - 6, bottom], [x(end) + 6, bottom], [x(end), bottom - 10]], colours.first);
    }
    write(`${name}(z) = ${decimals(value, 3)}   derivative ${decimals(slope, 4)}`, width / 2, bottom + 33, { ...centre, weight: 700 });
    write("thick, ▲ to ▲: pixels 0 to 1   ◆ this pixel", width / 2, bottom + 52, { ...centre, size: 12 });
    write(verdict(name, z, highest).split(":")[0].replace(/\.$/, ""), width / 2, bottom + 70, { ...centre, colour: colours.second });
  },

  sentence(numbers) {
    const name = NAMES[numbers.activation_index];
    const z = weightedSum(numbers.pixel, numbers.weight, numbers.bias);
    const [lowest, highest] = zRange(numbers.weight, numbers.bias);
    return `z = ${sumInWords(numbers)} = ${decimals(z, 2)}, for which ${name} gives `
      + `${decimals(activate(name, z), 3)} with derivative ${decimals(slopeAt(name, z), 4)}. `
      + `Pixels from 0 to 1 give z from ${decimals(lowest, 2)} to ${decimals(highest, 2)}. `
      + verdict(name, z, highest);
  },

  grasps(width, { activation_index, pixel, weight, bias }) {
    const { bottom, box, x, y, across } = chart(width, NAMES[activation_index]);
    const z = weightedSum(pixel, weight, bias);
    const foot = (end) => ({ at: [x(end), bottom - 6], handle: [x(end) - 14, bottom - 20, 28, 34] });
    return [
      { at: [x(z), y(activate(NAMES[activation_index], z))], over: box, to: (px) => ({ pixel: (across(px) - bias) / weight }) },
      { ...foot(bias), to: (px) => ({ bias: across(px) }) },
      { ...foot(weight + bias), to: (px) => ({ weight: across(px) - bias }) },
    ];
  },
};
