const OPTIMISERS = ["SGD", "SGD with momentum", "Adam"];
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const MOMENTUM = 0.9, DECAY = 0.9, SLOW_DECAY = 0.999, TINY = 1e-7;
const LOST = 1000; // a weight beyond it counts as diverged, and the walk ends
const SMALL = 0.001; // a loss below it counts as arrived
const LATEST = 10; // the number of last steps that decide whether the walk oscillates
const LEFT = -1.6, RIGHT = 5.2, LOW = -0.15, HIGH = 3.2; // what the picture shows

export function lossAt(w) {
  if (w < 0) return 2 * w * w;
  const spread = 1 + w * w, far = Math.max(0, w - 4);
  return 1 - 1 / (spread * spread) + 2 * far * far;
}

export function slopeAt(w) {
  if (w < 0) return 4 * w;
  const spread = 1 + w * w;
  return (4 * w) / (spread * spread * spread) + 4 * Math.max(0, w - 4);
}

export function walk(optimiser, rate, steps, start) {
  let w = start, mean = 0, square = 0, left = 1, slowLeft = 1;
  const path = [w];
  for (let step = 0; step < steps; step++) {
    const slope = slopeAt(w);
    if (optimiser === "Adam") {
      left *= DECAY;
      slowLeft *= SLOW_DECAY;
      mean += (slope - mean) * (1 - DECAY);
      square += (slope * slope - square) * (1 - SLOW_DECAY);
      const scaled = (rate * Math.sqrt(1 - slowLeft)) / (1 - left);
      w -= (scaled * mean) / (Math.sqrt(square) + TINY);
    } else {
      mean = (optimiser === "SGD with momentum" ? MOMENTUM : 0) * mean - rate * slope;
      w += mean;
    }
    path.push(w);
    if (Math.abs(w) > LOST) break;
  }
  return path;
}

export function verdict(path) {
  const last = path.length - 1;
  if (last === 0) return "No step has been taken yet.";
  if (Math.abs(path[last]) > LOST) return `It diverges: step ${last} takes w beyond ±1000.`;
  let arrived = last + 1;
  while (arrived > 0 && lossAt(path[arrived - 1]) < SMALL) arrived--;
  if (arrived <= last) return `It converges: from step ${arrived} on the loss stays below 0.001.`;
  const latest = path.slice(-LATEST - 1);
  const crossings = latest.filter((w, i) => i && (w < 0) !== (latest[i - 1] < 0)).length;
  if (crossings > 1) return "It oscillates across the bottom.";
  return `It is still on its way: the last step moved w by ${decimals(Math.abs(path[last] - path[last - 1]), 5)}.`;
}

const pathOf = (n) => walk(OPTIMISERS[n.optimiser_index], RATES[n.learning_rate_index], n.steps, n.start);

function drawWalk({ g, colours }, points) {
  strokeLine(g, points, colours.first, 1);
  g.fillStyle = colours.first;
  for (const [x, y] of points) {
    g.beginPath();
    g.arc(x, y, 3, 0, 2 * Math.PI);
    g.fill();
  }
  const [sx, sy] = points[0], [x, y] = points.at(-1);
  g.fillRect(sx - 6, sy - 6, 12, 12);
  fillShape(g, [[x, y - 8], [x + 8, y], [x, y + 8], [x - 8, y]], colours.second);
}

function drawChart(stage, box, ticks, label, paint) {
  const { g, colours, write } = stage;
  const left = box.x + 34, right = box.x + box.width - 10, top = box.y + 8, bottom = box.y + box.height - 40;
  const y = (loss) => bottom - ((loss - LOW) / (HIGH - LOW)) * (bottom - top);
  for (const loss of [0, 1, 2, 3]) gridLine(stage, left, right, y(loss), String(loss));
  const x = (v) => left + ((v - ticks[0]) / (ticks.at(-1) - ticks[0])) * (right - left);
  const look = { colour: colours.text, align: "center", size: 12 };
  for (const v of ticks.slice(1, -1)) write(decimals(v, 0), x(v), bottom + 12, look);
  write(label, (left + right) / 2, bottom + 29, look);
  g.save();
  g.beginPath();
  g.rect(left - 8, top, right - left + 16, bottom - top);
  g.clip();
  paint(x, y);
  g.restore();
}

const beside = (width) => width >= 520;

const scene = {
  height: (width) => (beside(width) ? 290 : 480),

  draw(stage, numbers) {
    const { width, colours, write, g } = stage, path = pathOf(numbers);
    const { steps } = numbers, small = width < 420 ? 12 : 13;
    const title = `${OPTIMISERS[numbers.optimiser_index]}, ${width < 340 ? "" : "learning "}rate ${RATES[numbers.learning_rate_index]}`;
    write(title, 6, 13, { colour: colours.text, size: small, weight: 700 });
    write(verdict(path).split(":")[0].replace(/\.$/, ""), 6, 31, { colour: colours.second, size: small });
    write("■ start   ◆ last step", width - 6, beside(width) ? 13 : 48, { colour: colours.text, size: 12, align: "right" });
    const top = beside(width) ? 46 : 58, half = beside(width) ? width * 0.56 : width;
    const high = beside(width) ? 240 : 210;
    drawChart(stage, { x: 0, y: top, width: half, height: high }, [LEFT, -1, 0, 1, 2, 3, 4, 5, RIGHT], "loss over w", (x, y) => {
      const land = Array.from({ length: 137 }, (_, i) => LEFT + i * 0.05);
      strokeLine(g, land.map((w) => [x(w), y(lossAt(w))]), colours.faint, 2);
      drawWalk(stage, path.map((w) => [x(w), y(lossAt(w))]));
    });
    const box = beside(width) ? { x: half, y: top, width: width - half, height: high } : { x: 0, y: top + high, width, height: high };
    const end = Math.max(steps, 1), middle = Math.floor(end / 2);
    const ticks = [-end * 0.03, 0, ...(middle ? [middle] : []), end, end * 1.03];
    drawChart(stage, box, ticks, "loss after each step", (x, y) => drawWalk(stage, path.map((w, i) => [x(i), y(lossAt(w))])));
  },

  sentence(numbers) {
    const path = pathOf(numbers), w = path.at(-1);
    return `With ${OPTIMISERS[numbers.optimiser_index]} and learning rate ${RATES[numbers.learning_rate_index]}, w starts at `
      + `${decimals(numbers.start, 1)}. At step ${path.length - 1} of ${numbers.steps} w is ${decimals(w, 2)} and `
      + `the loss is ${decimals(lossAt(w), 3)}. ${verdict(path)}`;
  },
};
