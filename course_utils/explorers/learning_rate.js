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

// The two charts: the loss over w, and the loss after each step.
function charts(width, steps) {
  const half = beside(width) ? width * 0.56 : width, begin = beside(width) ? 46 : 58, height = beside(width) ? 240 : 210;
  const end = Math.max(steps, 1), middle = Math.floor(end / 2);
  const stepTicks = [-end * 0.03, 0, ...(middle ? [middle] : []), end, end * 1.03];
  const boxes = beside(width) ? [[0, begin, half], [half, begin, width - half]] : [[0, begin, width], [0, begin + height, width]];
  return [[LEFT, -1, 0, 1, 2, 3, 4, 5, RIGHT], stepTicks].map((ticks, i) => {
    const [x0, y0, wide] = boxes[i];
    const box = [x0 + 34, y0 + 8, x0 + wide - 10, y0 + height - 40];
    return { ticks, ...chartAt(box, [ticks[0], ticks.at(-1)], [LOW, HIGH]) };
  });
}

function drawChart(stage, { left, right, top, bottom, ticks, x, y }, label, paint) {
  const { g, colours, write } = stage;
  for (const loss of [0, 1, 2, 3]) gridLine(stage, left, right, y(loss), String(loss));
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
    const [land, curve] = charts(width, steps);
    drawChart(stage, land, "loss over w", (x, y) => {
      const places = Array.from({ length: 137 }, (_, i) => LEFT + i * 0.05);
      strokeLine(g, places.map((w) => [x(w), y(lossAt(w))]), colours.faint, 2);
      drawWalk(stage, path.map((w) => [x(w), y(lossAt(w))]));
    });
    drawChart(stage, curve, "loss after each step", (x, y) => drawWalk(stage, path.map((w, i) => [x(i), y(lossAt(w))])));
  },

  sentence(numbers) {
    const path = pathOf(numbers), w = path.at(-1);
    return `With ${OPTIMISERS[numbers.optimiser_index]} and learning rate ${RATES[numbers.learning_rate_index]}, w starts at `
      + `${decimals(numbers.start, 1)}. At step ${path.length - 1} of ${numbers.steps} w is ${decimals(w, 2)} and `
      + `the loss is ${decimals(lossAt(w), 3)}. ${verdict(path)}`;
  },

  grasps(width, numbers) {
    const { start, steps } = numbers, [land, curve] = charts(width, steps), path = pathOf(numbers), last = path.length - 1;
    return [{
      at: [land.x(start), land.y(lossAt(start))], over: land.box, to: (x) => ({ start: land.across(x) }),
      words: (x) => `w ${decimals(land.across(x), 2)}: loss ${decimals(lossAt(land.across(x)), 3)}`,
    }, {
      at: [curve.x(last), curve.y(Math.min(HIGH, lossAt(path[last])))], over: curve.box, to: (x) => ({ steps: curve.across(x) }),
      words(x) {
        const step = Math.round(curve.across(x));
        return step in path ? `step ${step}: w ${decimals(path[step], 2)}, loss ${decimals(lossAt(path[step]), 3)}` : "";
      },
    }];
  },
};
