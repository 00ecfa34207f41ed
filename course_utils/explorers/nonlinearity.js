const TARGETS = ["wave", "hill", "corner"];
const POINTS = 201;
const XS = Array.from({ length: POINTS }, (_, i) => i / (POINTS - 1));

export function targetAt(target, x) {
  if (target === "wave") return Math.sin(2 * Math.PI * x);
  if (target === "hill") return 1 - 8 * (x - 0.5) ** 2;
  return x < 0.5 ? 1 - 2 * x : 2 * x - 1;
}

export function reluSum(target, n, x) {
  let total = targetAt(target, 0), before = 0;
  for (let i = 0; i < n; i += 1) {
    const steep = (targetAt(target, (i + 1) / n) - targetAt(target, i / n)) * n;
    total += (steep - before) * Math.max(0, x - i / n);
    before = steep;
  }
  return total;
}

export function leastSquaresLine(target) {
  const heights = XS.map((x) => targetAt(target, x));
  const add = (a, b) => a + b;
  const mean = heights.reduce(add, 0) / POINTS;
  const spread = XS.map((x) => (x - 0.5) ** 2).reduce(add, 0);
  const slope = XS.map((x, i) => (x - 0.5) * (heights[i] - mean)).reduce(add, 0) / spread;
  return [mean - slope / 2, slope];
}

export function largestError(target, n, withRelu) {
  const [height, slope] = leastSquaresLine(target);
  const line = (x) => (withRelu ? reluSum(target, n, x) : height + slope * x);
  return Math.max(...XS.map((x) => Math.abs(line(x) - targetAt(target, x))));
}

const chart = (width) => chartAt([34, 12, width - 12, 222], [0, 1], [-1.3, 1.3]);

// What the network draws.
function drawnBy({ n_relus, target_index, with_relu }) {
  const [height, slope] = leastSquaresLine(TARGETS[target_index]);
  return (x) => (with_relu ? reluSum(TARGETS[target_index], n_relus, x) : height + slope * x);
}

const scene = {
  height: 290,

  draw(stage, numbers) {
    const { n_relus, target_index, with_relu } = numbers;
    const { g, width, colours, write } = stage;
    const target = TARGETS[target_index];
    const { left, right, bottom, x, y } = chart(width);
    for (const v of [-1, 0, 1]) gridLine(stage, left, right, y(v), String(v).replace("-", "−"));
    g.setLineDash([6, 4]);
    strokeLine(g, XS.map((v) => [x(v), y(targetAt(target, v))]), colours.second, 2);
    g.setLineDash([]);
    const line = drawnBy(numbers);
    strokeLine(g, XS.map((v) => [x(v), y(line(v))]), colours.first, 3.5);
    for (let i = 0; with_relu && i < n_relus; i += 1) {
      g.fillStyle = colours.first;
      g.beginPath();
      g.arc(x(i / n_relus), y(line(i / n_relus)), 5.5, 0, 2 * Math.PI);
      g.fill();
    }
    const look = { align: "center", colour: colours.text };
    const neurons = n_relus === 1 ? "1 hidden neuron" : `${n_relus} hidden neurons`;
    write(`${neurons} ${with_relu ? "with" : "without"} ReLU`, width / 2, bottom + 16, { ...look, weight: 700 });
    write(`dashed: the ${target}${with_relu && n_relus ? "   ● kinks" : ""}`, width / 2, bottom + 36, { ...look, size: 12 });
    write(`largest distance ${largestError(target, n_relus, with_relu).toFixed(3)}`, width / 2, bottom + 55, { ...look, colour: colours.second });
  },

  sentence({ n_relus, target_index, with_relu }) {
    const target = TARGETS[target_index];
    const neurons = n_relus === 1 ? "1 hidden neuron" : `${n_relus} hidden neurons`;
    const pieces = with_relu ? Math.max(1, n_relus) : 1;
    const line = pieces === 1 ? "1 straight piece" : `${pieces} straight pieces`;
    return `${neurons} ${with_relu ? "with" : "without"} ReLU draw${n_relus === 1 ? "s" : ""} ${line}, `
      + `at most ${largestError(target, n_relus, with_relu).toFixed(3)} away from the ${target}.`;
  },

  grasps(width, numbers) {
    const { n_relus, target_index, with_relu } = numbers, { box, x, y, across } = chart(width), line = drawnBy(numbers);
    const words = (px) => `x ${decimals(across(px), 2)}: the network ${decimals(line(across(px)), 2)}, `
      + `the ${TARGETS[target_index]} ${decimals(targetAt(TARGETS[target_index], across(px)), 2)}`;
    const first = 1 / Math.max(1, n_relus); // where the first piece ends; the others are as long
    return [
      { over: box, words },
      ...(with_relu ? [{ at: [x(first), y(line(first))], to: (px) => ({ n_relus: 1 / Math.max(0.01, across(px)) }), words }] : []),
    ];
  },
};
