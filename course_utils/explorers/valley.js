const SCALINGS = ["raw", "/ 255", "standardised"];
const HOW = ["Raw pixels", "Pixels divided by 255", "Standardised pixels"];
const RATES = [0.0001, 0.0002, 0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const REACH = 2.4; // the map shows errors from -2.4 to 2.4
const LOST = 1e12; // a loss above this counts as diverged, and the path ends
const LEAST_LOSS = 1e-6; // where the curve ends below

export function lossCoefficients(scaling, mean, std) {
  if (scaling === "standardised") return [0, 1];
  const divisor = scaling === "/ 255" ? 255 : 1;
  const first = mean / divisor, spread = std / divisor;
  return [first, first * first + spread * spread];
}

export function lossAt(first, second, u, v) {
  return (second * u * u + 2 * first * u * v + v * v) / 2;
}

export function descend(first, second, rate, steps, u = 1, v = 1) {
  const path = [];
  for (let step = 0; step <= steps; step++) {
    if (step) {
      const slopeU = second * u + first * v, slopeV = first * u + v;
      u -= rate * slopeU;
      v -= rate * slopeV;
    }
    const loss = lossAt(first, second, u, v);
    path.push([u, v, loss]);
    if (loss > LOST) break;
  }
  return path;
}

export function principalAxes(first, second) {
  const middle = (second + 1) / 2, half = (second - 1) / 2;
  const radius = Math.sqrt(half * half + first * first);
  const across = middle + radius;
  return [across, (second - first * first) / across, Math.atan2(first, half) / 2];
}

export function threeDigits(value) {
  if (value < 1e-6) return "below 0.000001";
  for (const [size, name] of [[1e9, " billion"], [1e6, " million"]]) {
    if (value >= size) {
      const tenths = Math.floor((value / size) * 10 + 0.5);
      return `${Math.floor(tenths / 10)}.${tenths % 10}${name}`;
    }
  }
  let decimals = 0;
  while (value * 10 ** decimals < 100 && decimals < 8) decimals++;
  const drop = value >= 1000 ? 10 : 1;
  const digits = String(Math.floor((value * 10 ** decimals) / drop + 0.5) * drop).padStart(decimals + 1, "0");
  return decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
}

function walkOf({ scaling_index, learning_rate_index, steps, weight_error, bias_error, mean, std }) {
  const [first, second] = lossCoefficients(SCALINGS[scaling_index], mean, std);
  const [across, along, angle] = principalAxes(first, second);
  const path = descend(first, second, RATES[learning_rate_index], steps, weight_error, bias_error);
  return { path, across, along, angle, first, second, lost: path.at(-1)[2] > LOST };
}

function shapeOf({ across, along }) {
  const ratio = Math.floor(Math.sqrt(across / along) + 0.5);
  return ratio > 1 ? `a valley ${ratio} times as long as it is wide` : "a round bowl";
}

function drawMap({ g, colours, write }, size, { path, across, along, angle }) {
  const middle = size / 2, unit = size / 2 / REACH;
  const at = ([u, v]) => [middle + u * unit, middle - v * unit];
  g.save();
  g.beginPath();
  g.rect(0, 0, size, size);
  g.clip();
  g.strokeStyle = colours.faint;
  g.lineWidth = 1;
  for (let k = 0; k <= 10; k++) { // the loss grows fourfold from one contour to the next
    const length = 0.5 * 2 ** k * unit;
    g.beginPath();
    g.ellipse(middle, middle, length * Math.sqrt(along / across), length, -angle, 0, 2 * Math.PI);
    g.stroke();
  }
  const out = path.findIndex(([u, v]) => Math.max(Math.abs(u), Math.abs(v)) > REACH);
  const near = out < 0 ? path : path.slice(0, out + 1);
  strokeLine(g, near.map(at), colours.second, 2);
  g.fillStyle = colours.second;
  near.forEach((point, k) => {
    g.beginPath();
    g.arc(...at(point), k ? 3 : 6, 0, 2 * Math.PI);
    g.fill();
  });
  g.fillStyle = colours.text;
  g.fillRect(middle - 8, middle - 1, 16, 2);
  g.fillRect(middle - 1, middle - 8, 2, 16);
  g.restore();
  g.strokeStyle = colours.grid;
  g.strokeRect(0.5, 0.5, size - 1, size - 1);
  const label = (words, x, y, align) => {
    g.font = "12px sans-serif";
    const wide = g.measureText(words).width + 14;
    g.fillStyle = colours.background;
    g.fillRect(align === "right" ? x - wide + 4 : x - 4, y - 9, wide, 18);
    write(words, x, y, { colour: colours.text, size: 12, align });
  };
  const [startX, startY] = at(path[0]);
  label("start", Math.min(startX + 10, size - 40), Math.max(startY - 12, 10));
  label("best", middle + 12, middle + 16);
  if (out > 0) label(`step ${out} leaves the map`, 8, 16);
  label("error of the weight →", size - 6, size - 14, "right");
  g.save();
  g.translate(14, size - 8);
  g.rotate(-Math.PI / 2);
  label("error of the bias →", 0, 0);
  g.restore();
}

// The loss after each step, with its logarithm upwards.
function curveAt(width, steps) {
  const [x0, y0, wide, height] = beside(width) ? [mapSize(width), 0, width - mapSize(width), 320] : [0, mapSize(width) + 10, width, 170];
  const ends = [Math.log10(LEAST_LOSS), Math.log10(10 * LOST)];
  return chartAt([x0 + 46, y0 + 30, x0 + wide - 10, y0 + height - 36], [0, Math.max(1, steps)], ends);
}

function drawCurve(stage, { path, lost }, steps) {
  const { g, colours, write } = stage, { left, right, top, bottom, x, y: height } = curveAt(stage.width, steps);
  const y = (loss) => height(Math.log10(Math.min(10 * LOST, Math.max(loss, LEAST_LOSS))));
  write("loss after each step", left, top - 18, { colour: colours.text, size: 12 });
  for (const [loss, words] of [[1e12, "10¹²"], [1e6, "10⁶"], [1, "1"], [1e-6, "10⁻⁶"]]) {
    gridLine(stage, left, right, y(loss), words);
  }
  strokeLine(g, path.map(([, , loss], step) => [x(step), y(loss)]), colours.first, 2);
  g.fillStyle = colours.first;
  path.forEach(([, , loss], step) => g.fillRect(x(step) - 2, y(loss) - 2, 4, 4));
  if (lost) {
    const last = path.length - 1;
    write("diverges", Math.min(x(last) + 6, right - 52), top + 6, { colour: colours.text, size: 12, weight: 700 });
  }
  write("0", left, bottom + 14, { colour: colours.text, align: "center", size: 12 });
  if (steps) write(String(steps), right, bottom + 14, { colour: colours.text, align: "center", size: 12 });
  write("step", (left + right) / 2, bottom + 14, { colour: colours.text, align: "center", size: 12 });
}

const beside = (width) => width >= 500;
const mapSize = (width) => (beside(width) ? 320 : Math.min(width, 340));

const scene = {
  height: (width) => (beside(width) ? 320 : mapSize(width) + 180),

  draw(stage, numbers) {
    const { width } = stage, size = mapSize(width), walk = walkOf(numbers);
    drawMap(stage, size, walk);
    drawCurve(stage, walk, numbers.steps);
  },

  sentence(numbers) {
    const walk = walkOf(numbers), { path, lost } = walk, { steps } = numbers;
    const last = path.at(-1)[2];
    let end;
    if (lost) {
      end = `diverges: step ${path.length - 1} of ${steps} takes it past a million million`;
    } else {
      end = `is ${threeDigits(last)} after ${steps} steps`;
      if (last > path[0][2]) end += ", so it is rising";
    }
    const rate = `learning rate ${RATES[numbers.learning_rate_index]}`;
    return `${HOW[numbers.scaling_index]} make the loss ${shapeOf(walk)}. With ${rate} it starts at ${threeDigits(path[0][2])} and ${end}.`;
  },

  grasps(width, numbers) {
    const size = mapSize(width), walk = walkOf(numbers), { path, first, second } = walk, last = path.length - 1;
    const map = chartAt([0, 0, size, size], [-REACH, REACH], [-REACH, REACH]), curve = curveAt(width, numbers.steps);
    const words = (u, v) => `errors ${decimals(u, 2)} and ${decimals(v, 2)}: loss ${threeDigits(lossAt(first, second, u, v))}`;
    return [{
      at: [map.x(numbers.weight_error), map.y(numbers.bias_error)], over: map.box,
      to: (x, y) => ({ weight_error: map.across(x), bias_error: map.up(y) }), words: (x, y) => words(map.across(x), map.up(y)),
    }, {
      at: [curve.x(last), curve.bottom], handle: [curve.x(last) - FINGER / 2, curve.top, FINGER, curve.bottom - curve.top + 20],
      over: curve.box, to: (x) => ({ steps: curve.across(x) }),
      words(x) {
        const step = Math.round(curve.across(x));
        return step in path ? `step ${step}: loss ${threeDigits(path[step][2])}` : "";
      },
    }];
  },
};
