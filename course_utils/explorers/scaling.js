const SCALINGS = ["raw", "/ 255", "standardised"];
const HOW = ["Raw", "Divided by 255", "Standardised"];
const FITTED_ON = ["training images", "all images", "each set alone"];
const FITTED = ["fitted on the training images", "fitted on all images", "each set fitted alone"];
const GREYS_PER_BAR = 8;
const STD_OFFSET = 1e-10;
const LOWEST_FRACTION = 1e-4; // the histogram's axis begins at 0.01 % of the pixels

export function adjust(counts, brightness, contrast) {
  const adjusted = new Array(256).fill(0);
  counts.forEach((count, grey) => {
    const changed = Math.floor((grey * contrast + 50) / 100) + brightness;
    adjusted[Math.min(255, Math.max(0, changed))] += count;
  });
  return adjusted;
}

export function meanAndStd(counts) {
  let total = 0, sum = 0, squares = 0;
  counts.forEach((count, grey) => {
    total += count;
    sum += grey * count;
    squares += grey * grey * count;
  });
  const mean = sum / total;
  return [mean, Math.sqrt(Math.max(0, squares / total - mean * mean))];
}

export function offsetsAndScales(scaling, fittedOn, training, fresh) {
  if (scaling !== "standardised") {
    const divisor = scaling === "raw" ? 1 : 255;
    return [0, divisor, 0, divisor];
  }
  const together = fittedOn === "all images" ? training.map((count, grey) => count + fresh[grey]) : training;
  const [mean, std] = meanAndStd(together);
  const [freshMean, freshStd] = fittedOn === "each set alone" ? meanAndStd(fresh) : [mean, std];
  return [mean, std + STD_OFFSET, freshMean, freshStd + STD_OFFSET];
}

export function lightInWords(brightness, contrast) {
  const sign = brightness > 0 ? "+" : brightness < 0 ? "−" : "";
  return `brightness ${sign}${Math.abs(brightness)}, contrast ${contrast} %`;
}

function fractionsOf(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bars = [];
  for (let grey = 0; grey < 256; grey += GREYS_PER_BAR) {
    const inBar = counts.slice(grey, grey + GREYS_PER_BAR).reduce((sum, count) => sum + count, 0);
    bars.push(inBar / total);
  }
  return bars;
}

// About five round numbers between two ends.
function ticks(lowest, highest) {
  const rough = (highest - lowest) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const marks = [];
  for (let k = Math.ceil(lowest / step); k * step <= highest; k++) marks.push(Number((k * step).toPrecision(6)));
  return marks;
}

function setsOf({ counts, scaling_index, fitted_on_index, brightness, contrast }) {
  const fresh = adjust(counts, brightness, contrast);
  const [a, b, c, d] = offsetsAndScales(SCALINGS[scaling_index], FITTED_ON[fitted_on_index], counts, fresh);
  return [["training", counts, a, b], ["new", fresh, c, d]].map(([name, of, subtract, divide]) => {
    const [mean, std] = meanAndStd(of);
    const scale = (grey) => (grey - subtract) / divide;
    return { name, scale, mean: scale(mean), std: std / divide, bars: fractionsOf(of), of };
  });
}

const HEIGHT = 330, SPREAD = 117; // of the scene, and where mean and std are marked

// The axis covers what grey values 0 to 255 become, and all that the new images hold.
function chart(width, [training, fresh]) {
  const held = fresh.of.flatMap((count, grey) => (count ? [grey] : [])), { mean, std } = fresh;
  const lowest = Math.min(training.scale(0), fresh.scale(held[0]), mean - std);
  const highest = Math.max(training.scale(256), fresh.scale(held.at(-1) + 1), mean + std);
  return { lowest, highest, ...chartAt([62, 134, width - 14, HEIGHT - 46], [lowest, highest], [0, 1]) };
}

const scene = {
  height: HEIGHT,

  draw(stage, numbers) {
    const { g, width, height, colours, write } = stage;
    const sets = setsOf(numbers);
    const [training, fresh] = sets;
    const { lowest, highest, left, right, top, bottom, x } = chart(width, sets);
    const y = (fraction) => bottom - (Math.log10(Math.max(fraction, LOWEST_FRACTION) / LOWEST_FRACTION) / 4) * (bottom - top);

    for (const [fraction, words] of [[1e-4, "0.01 %"], [1e-3, "0.1 %"], [1e-2, "1 %"], [1e-1, "10 %"], [1, "100 %"]]) {
      gridLine(stage, left, right, y(fraction), words);
    }
    g.save();
    g.beginPath();
    g.rect(left, top, right - left, bottom - top + 1);
    g.clip();
    g.fillStyle = colours.second;
    fresh.bars.forEach((fraction, k) => {
      const from = x(fresh.scale(k * GREYS_PER_BAR)), to = x(fresh.scale((k + 1) * GREYS_PER_BAR));
      g.fillRect(from, y(fraction), Math.max(1, to - from), bottom - y(fraction));
    });
    const edge = (k) => x(training.scale(k * GREYS_PER_BAR));
    const outline = training.bars.flatMap((fraction, k) => [[edge(k), y(fraction)], [edge(k + 1), y(fraction)]]);
    const ends = [edge(0), edge(training.bars.length)].map((end) => [end, bottom]);
    strokeLine(g, [ends[0], ...outline, ends[1]], colours.first, 2);
    g.restore();

    g.fillStyle = colours.text;
    g.fillRect(left, bottom, right - left, 1);
    for (const mark of ticks(lowest, highest)) {
      g.fillRect(x(mark), bottom, 1, 5);
      write(String(mark).replace("-", "−"), x(mark), bottom + 15, { colour: colours.text, align: "center", size: 12 });
    }
    write("value that the network gets", (left + right) / 2, height - 10, { colour: colours.text, align: "center" });

    const narrow = width < 420;
    sets.forEach(({ name, mean, std }, k) => {
      const row = 14 + 19 * k, colour = k ? colours.second : colours.first;
      g.strokeStyle = colour;
      g.fillStyle = colour;
      g.lineWidth = 2;
      if (k) g.fillRect(4, row - 6, 14, 12);
      else g.strokeRect(5, row - 5, 12, 10);
      const words = narrow ? `${name}: mean ${decimals(mean, 2)}, std ${decimals(std, 2)}`
        : `${name} images: mean ${decimals(mean, 2)}, std ${decimals(std, 2)}`;
      write(words, 24, row, { colour: colours.text, size: narrow ? 12 : 13 });
    });
    const how = numbers.scaling_index === 2 ? FITTED[numbers.fitted_on_index] : "nothing is fitted";
    write(lightInWords(numbers.brightness, numbers.contrast), 24, 52, { colour: colours.text, size: 12 });
    const title = width < 330 && numbers.scaling_index === 2 ? how : `${HOW[numbers.scaling_index]}, ${how}`;
    write(title, 4, 76, { colour: colours.text, size: narrow ? 12 : 13, weight: 700 });
    write("◆ mean ± std of the new images", 4, 98, { colour: colours.text, size: 12 });
    markSpread(g, fresh, x, SPREAD, colours);
  },

  sentence(numbers) {
    const { scaling_index, fitted_on_index, brightness, contrast } = numbers;
    const words = setsOf(numbers).map(({ mean, std }) => `mean ${decimals(mean, 2)} and std ${decimals(std, 2)}`);
    const fitted = scaling_index === 2 ? `, ${FITTED[fitted_on_index]}` : "";
    return `${HOW[scaling_index]}${fitted}: the training images have ${words[0]}; `
      + `the new images (${lightInWords(brightness, contrast)}) have ${words[1]}.`;
  },

  grasps(width, numbers) {
    const { brightness, contrast } = numbers, sets = setsOf(numbers), fresh = sets[1], { mean, std, scale, bars } = fresh;
    const { x, across, box } = chart(width, sets), grey = scale(1) - scale(0);
    const end = (side) => ({
      at: [x(mean + side * std), SPREAD], handle: [x(mean + side * std) - 9, SPREAD - 14, 18, 28],
      to: (px) => ({ contrast: (contrast * side * (across(px) - mean)) / std }),
    });
    return [{
      over: box,
      words(px) {
        const bar = bars.findIndex((_, k) => across(px) < scale((k + 1) * GREYS_PER_BAR));
        return bar < 0 || across(px) < scale(0) ? "" : `${decimals(across(px), 2)}: ${decimals(100 * bars[bar], 2)} % of the new images' pixels`;
      },
    }, {
      at: [x(mean), SPREAD], handle: [x(mean) - 14, SPREAD - 16, 28, 32],
      to: (px) => ({ brightness: brightness + (across(px) - mean) / grey }),
    }, end(-1), end(1)];
  },
};

// A diamond at the new images' mean, a bar from one standard deviation below to one above it.
function markSpread(g, { mean, std }, x, y, colours) {
  const from = x(mean - std), to = x(mean + std), middle = x(mean);
  g.fillStyle = colours.text;
  g.fillRect(from, y - 1, Math.max(2, to - from), 2);
  for (const end of [from, to]) g.fillRect(end - 1, y - 6, 2, 12);
  fillShape(g, [[middle, y - 7], [middle + 7, y], [middle, y + 7], [middle - 7, y]], colours.text);
}
