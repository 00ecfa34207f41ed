const SIDE = 28; // of a picture
const FILTERS = 8;
const WIDE = 540;

// The square root of the sum of the squared weights.
export function sizeOf(kernel) {
  return Math.sqrt(kernel.reduce((sum, weight) => sum + weight * weight, 0));
}

// How alike the patterns of two kernels are, whatever their sizes.
export function cosine(kernel, other) {
  return kernel.reduce((sum, weight, i) => sum + weight * other[i], 0) / (sizeOf(kernel) * sizeOf(other));
}

// The eight kernels among a layer's weights: nine numbers of each.
function kernelsOf(layer) {
  return Array.from({ length: FILTERS }, (_, k) => Array.from({ length: 9 }, (_, i) => layer[i * FILTERS + k]));
}

function calculate({ pixels, image: picture, weights, steps, step_index: at, accuracies, channel }) {
  const image = pixels.slice(picture * SIDE * SIDE, (picture + 1) * SIDE * SIDE), floats = asFloats(weights);
  const layerAfter = (place) => floats.slice(place * 10 * FILTERS, (place + 1) * 10 * FILTERS);
  const layer = layerAfter(at), first = kernelsOf(layerAfter(0)), now = kernelsOf(layer);
  const grey = Float64Array.from(image, (value) => value / 255);
  const values = convolve(grey, [SIDE, SIDE, 1], layer.slice(0, 9 * FILTERS), layer.slice(9 * FILTERS))
    .map((value) => Math.max(value, 0));
  const maps = Array.from({ length: FILTERS }, (_, k) => values.filter((_, i) => i % FILTERS === k));
  return {
    image, first, now, maps, whole: Math.max(...values), chosen: maps[channel], step: steps[at], last: steps.at(-1),
    accuracy: accuracies[at], cosines: now.map((kernel, k) => cosine(kernel, first[k])),
    times: now.map((kernel, k) => sizeOf(kernel) / sizeOf(first[k])),
  };
}

const read = (numbers) => remembered(numbers, calculate);

// The picture, the chart beside it, and the filters below: in one row, or on a phone in two.
function places(width) {
  const across = width >= WIDE ? FILTERS : FILTERS / 2, step = (width - 8) / across;
  const small = Math.min(84, step - 8), top = width >= WIDE ? 214 : 249, high = small * 1.5 + 38;
  return {
    pixel: 4, small, kernel: (small - 6) / 2, chart: [4 + 4 * SIDE + 44, 30, width - 14, 136],
    filters: Array.from({ length: FILTERS }, (_, k) => [4 + (k % across) * step, top + Math.floor(k / across) * high]),
    height: top + (FILTERS / across) * high,
  };
}

const chartOf = (width, { steps }) => chartAt(places(width).chart, [0, steps.length - 1], [0, 1]);

function drawAccuracies(stage, numbers, { step, accuracy }) {
  const { g, colours, write, width } = stage, { steps, accuracies, step_index: at } = numbers;
  const { left, right, bottom, x, y } = chartOf(width, numbers), look = { colour: colours.text, size: 12 };
  const title = width >= WIDE ? `step ${thousands(step)}: validation accuracy` : "accuracy"; // its words are in the sentence
  write(`${title} ${decimals(accuracy, 3)}`, 4 + 4 * SIDE + 16, 10, { ...look, weight: 700 });
  for (const tick of [0, 0.5, 1]) gridLine(stage, left, right, y(tick), decimals(tick, 1));
  const named = [0, 10, 100, ...(width >= WIDE ? [1000] : [])];
  for (const one of named) write(thousands(one), x(steps.indexOf(one)), bottom + 12, { ...look, align: "center" });
  write(thousands(steps.at(-1)), right + 10, bottom + 12, { ...look, align: "right" });
  strokeLine(g, accuracies.map((value, i) => [x(i), y(value)]), colours.first, 2.5);
  for (const [i, value] of accuracies.entries()) {
    g.fillStyle = colours.first;
    g.fillRect(x(i) - 2, y(value) - 2, 4, 4);
  }
  strokeLine(g, [[x(at), y(0)], [x(at), y(1)]], colours.second, 1.5);
  g.fillStyle = colours.second;
  g.beginPath();
  g.arc(x(at), y(accuracy), 6, 0, 2 * Math.PI);
  g.fill();
}

// A filter: its kernels, each on a scale of its own, so that their patterns can be compared, and its map.
function drawOne(stage, k, [x, y], { first, now, times, maps, whole }, { small, kernel }, chosen) {
  const { write, colours } = stage, look = { colour: colours.text, size: 12, weight: chosen ? 700 : 400 };
  write(small < 84 ? String(k) : `filter ${k}`, x, y, look);
  write(`× ${decimals(times[k], 1)}`, x + small, y, { ...look, align: "right" });
  [first[k], now[k]].forEach((weights, i) =>
    drawSlice(stage, weights, x + 1 + i * (kernel + 4), y + 12, kernel / 3, Math.max(...weights.map(Math.abs))));
  paintGrey(stage.g, maps[k], [SIDE, SIDE], [x, y + kernel + 18], small / SIDE, whole);
  if (chosen) frame(stage, x, y + kernel + 18, small, small);
}

function chosenInWords({ chosen }, { channel, image }) {
  const words = chosen.some((value) => value > 0) ? mapInWords(chosen, SIDE) : "0 everywhere";
  return `Filter ${channel} makes a map of picture ${image} that is ${words}.`;
}

const scene = {
  height: (width) => places(width).height,

  draw(stage, numbers) {
    const state = read(numbers), { width, colours, write } = stage, place = places(width);
    const look = { colour: colours.text, size: 12 };
    write(`picture ${numbers.image}`, 4, 10, look);
    paintGrey(stage.g, state.image, [SIDE, SIDE], [4, 24], place.pixel, 255);
    drawAccuracies(stage, numbers, state);
    const lines = ["kernels: first and now, filled +, empty −", "× says how much larger it is now",
      `maps: black 0, white ${decimals(state.whole, 2)}`];
    if (width >= WIDE) write(lines.join("; "), 4, 184, look);
    else lines.forEach((words, i) => write(words, 4, 182 + 18 * i, look));
    place.filters.forEach((corner, k) => drawOne(stage, k, corner, state, place, k === numbers.channel));
  },

  sentence(numbers) {
    const state = read(numbers), { step, last, accuracy, cosines, times } = state, { channel: k } = numbers;
    if (step === 0) {
      return `Before the first of ${thousands(last)} training steps the kernels are random, and the network's validation `
        + `accuracy is ${decimals(accuracy, 3)}. ${chosenInWords(state, numbers)}`;
    }
    const least = cosines.indexOf(Math.min(...cosines)), mean = cosines.reduce((sum, value) => sum + value, 0) / FILTERS;
    return `After ${thousands(step)} of ${thousands(last)} training steps the network's validation accuracy is `
      + `${decimals(accuracy, 3)}. Between the kernels and their random beginnings the cosine is ${decimals(mean, 2)} on `
      + `average and lowest for filter ${least}, ${decimals(cosines[least], 2)}. Filter ${k} has a cosine of `
      + `${decimals(cosines[k], 2)} and ${decimals(times[k], 2)} times its first size. ${chosenInWords(state, numbers)}`;
  },

  grasps(width, numbers) {
    const chart = chartOf(width, numbers), { steps, accuracies, step_index: at } = numbers, place = places(width);
    const { cosines, times } = read(numbers);
    const near = (x) => Math.max(0, Math.min(steps.length - 1, Math.round(chart.across(x))));
    return [{
      at: [chart.x(at), chart.y(accuracies[at])], over: chart.box,
      to: (x) => ({ step_index: chart.across(x) }),
      words: (x) => `step ${thousands(steps[near(x)])}: ${decimals(accuracies[near(x)], 3)}`,
    }, ...place.filters.map(([x, y], k) => ({
      over: [x, y - 8, place.small, place.kernel + place.small + 26],
      to: () => ({ channel: k }),
      words: () => `filter ${k}: cosine ${decimals(cosines[k], 2)}, ${decimals(times[k], 2)} times its first size`,
    }))];
  },
};
