const COLDEST = 2, HOTTEST = 40; // temperatures, in tenths
const STEPS = 256; // to a difference of 1 between two logits

export function confidencesAt(below, nClasses, temperature) {
  const confidences = new Array(below.length / 2 / nClasses), scale = -1 / (STEPS * temperature);
  for (let i = 0, start = 0; i < confidences.length; i++) {
    let sum = 0;
    for (let k = 0; k < nClasses; k++, start += 2) {
      const steps = below[start] + 256 * below[start + 1];
      sum += steps ? Math.exp(steps * scale) : 1;
    }
    confidences[i] = 1 / sum;
  }
  return confidences;
}

export function reliability(confidences, correct, nBins) {
  const bins = Array.from({ length: nBins }, () => [0, 0, 0]);
  confidences.forEach((sure, i) => {
    const bin = bins[Math.min(nBins - 1, Math.floor(sure * nBins))];
    bin[0] += 1;
    bin[1] += sure;
    bin[2] += correct[i];
  });
  return bins.map(([count, sure, right]) => (count ? [count, sure / count, right / count] : [0, 0, 0]));
}

export function calibrationError(bins) {
  const total = bins.reduce((sum, [count]) => sum + count, 0);
  return bins.reduce((sum, [count, sure, right]) => sum + count * Math.abs(sure - right), 0) / total;
}

export function verdict(meanConfidence, accuracy) {
  if (meanConfidence - accuracy > 0.01) return "overconfident";
  return accuracy - meanConfidence > 0.01 ? "underconfident" : "about as confident as it is accurate";
}

// The scene is drawn and then put into words: both need the same, and 100,000 powers are worth keeping.
let kept = { key: [] };

function outcome({ below, correct, n_classes, temperature, n_bins }) {
  const key = [below.buffer, below.byteOffset, temperature, n_bins];
  if (key.every((value, i) => value === kept.key[i])) return kept;
  const bins = reliability(confidencesAt(below, n_classes, temperature), correct, n_bins);
  const total = correct.length;
  const sure = bins.reduce((sum, [count, mean]) => sum + count * mean, 0) / total;
  const right = correct.reduce((sum, one) => sum + one, 0) / total;
  kept = { key, bins, total, sure, right, error: calibrationError(bins) };
  return kept;
}

// Slanted lines, so that a gap is not told by its colour alone.
function hatch(g, x, y, width, height, colour) {
  g.save();
  g.beginPath();
  g.rect(x, y, width, height);
  g.clip();
  g.strokeStyle = colour;
  g.lineWidth = 1.5;
  g.beginPath();
  for (let from = x - height; from < x + width; from += 6) {
    g.moveTo(from, y + height);
    g.lineTo(from + height, y);
  }
  g.stroke();
  g.restore();
  g.lineWidth = 1;
  g.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1));
}

// The two charts: the reliability diagram, and the fraction of the answers in each bin.
function charts(width) {
  const middle = Math.floor(width / 2);
  const boxes = beside(width) ? [[38, 66, middle - 8, 246], [middle + 46, 136, width - 12, 246]]
    : [[44, 66, width - 12, 246], [44, 336, width - 12, 446]];
  return boxes.map((box) => chartAt(box, [0, 1], [0, 1]));
}

function drawDiagram(stage, { left, right, bottom, x, y }, { bins }) {
  const { g, colours, write } = stage, n = bins.length;
  const small = { colour: colours.text, size: 12 };
  g.fillStyle = colours.first;
  g.fillRect(left, 26, 14, 12);
  write("accuracy", left + 20, 33, small);
  g.strokeStyle = colours.second;
  hatch(g, left + 92, 26, 14, 12, colours.second);
  write("gap", left + 112, 33, small);
  write("┄ confidence = accuracy", left, 51, small);
  for (const value of [0, 0.5, 1]) gridLine(stage, left, right, y(value), value.toFixed(1));
  bins.forEach(([count, sure, accuracy], k) => {
    if (!count) return;
    const from = x(k / n), wide = x((k + 1) / n) - from - 1;
    g.fillStyle = colours.first;
    g.fillRect(from, y(accuracy), wide, bottom - y(accuracy));
    const [high, low] = [Math.max(sure, accuracy), Math.min(sure, accuracy)];
    g.fillStyle = colours.background;
    g.fillRect(from, y(high), wide, y(low) - y(high));
    hatch(g, from, y(high), wide, y(low) - y(high), colours.second);
    g.fillStyle = colours.text;
    g.fillRect(from, y(accuracy) - 1, wide, 2);
  });
  g.setLineDash([5, 4]);
  strokeLine(g, [[x(0), y(0)], [x(1), y(1)]], colours.text, 1.5);
  g.setLineDash([]);
  for (const value of [0, 0.5, 1]) write(value.toFixed(1), x(value), bottom + 14, { ...small, align: "center" });
  write("confidence", (left + right) / 2, bottom + 31, { ...small, align: "center" });
}

function drawCounts(stage, { left, right, top, bottom, x, y }, { bins, total, sure, right: accuracy }) {
  const { g, colours, write } = stage, n = bins.length;
  const small = { colour: colours.text, size: 12 };
  write("fraction of the answers", left, top - 44, small);
  for (const part of [0, 0.5, 1]) gridLine(stage, left, right, y(part), `${100 * part} %`);
  g.fillStyle = colours.faint;
  bins.forEach(([count], k) => {
    g.fillRect(x(k / n), y(count / total), x((k + 1) / n) - x(k / n) - 1, bottom - y(count / total));
  });
  const mark = (value, colour, words, row) => {
    g.fillStyle = colour;
    g.fillRect(x(value) - 1.5, top - 6, 3, bottom - top + 6);
    write(words, x(value) - 5, top - 26 + row * 16, { ...small, align: value > 0.5 ? "right" : "left" });
  };
  mark(accuracy, colours.first, `accuracy ${decimals(accuracy, 3)}`, 0);
  mark(sure, colours.second, `mean confidence ${decimals(sure, 3)}`, 1);
  for (const value of [0, 0.5, 1]) write(value.toFixed(1), x(value), bottom + 14, { ...small, align: "center" });
  write("confidence", (left + right) / 2, bottom + 31, { ...small, align: "center" });
}

// At which temperature the mean confidence is so high: the higher the one, the lower the other. A drag
// asks many times, so the mean of each of the slider's temperatures is kept.
let means = { of: null };

function temperatureFor(confidence, below, nClasses) {
  if (means.of !== below.buffer) means = { of: below.buffer, at: new Map() };
  const meanAt = (tenths) => {
    if (!means.at.has(tenths)) {
      const sure = confidencesAt(below, nClasses, tenths / 10);
      means.at.set(tenths, sure.reduce((sum, one) => sum + one, 0) / sure.length);
    }
    return means.at.get(tenths);
  };
  let [least, most] = [COLDEST, HOTTEST];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (meanAt(middle) > confidence) least = middle;
    else most = middle;
  }
  return (meanAt(least) - confidence < confidence - meanAt(most) ? least : most) / 10;
}

const beside = (width) => width >= 500;

const scene = {
  height: (width) => (beside(width) ? 290 : 480),

  draw(stage, numbers) {
    const { width, colours, write } = stage, found = outcome(numbers);
    write(`calibration error ${decimals(found.error, 3)}`, 6, 12, { colour: colours.text, weight: 700 });
    const [diagram, counts] = charts(width);
    drawDiagram(stage, diagram, found);
    drawCounts(stage, counts, found);
  },

  sentence(numbers) {
    const { sure, right, error } = outcome(numbers);
    return `At temperature ${numbers.temperature.toFixed(1)} the mean confidence is ${decimals(sure, 3)} and `
      + `the accuracy is ${decimals(right, 3)}, so the network is ${verdict(sure, right)}. The `
      + `expected calibration error with ${numbers.n_bins} bins is ${decimals(error, 3)}.`;
  },

  grasps(width, numbers) {
    const { below, n_classes } = numbers, { bins, sure, total } = outcome(numbers), [diagram, counts] = charts(width);
    const words = ({ across }) => (px) => {
      const [count, mean, accuracy] = bins[Math.min(bins.length - 1, Math.max(0, Math.floor(across(px) * bins.length)))];
      return count ? `${count} of ${total}: confidence ${decimals(mean, 3)}, accuracy ${decimals(accuracy, 3)}` : "no answers";
    };
    return [{ over: diagram.box, words: words(diagram) }, {
      at: [counts.x(sure), counts.top], handle: [counts.x(sure) - FINGER / 2, counts.top - 6, FINGER, counts.bottom - counts.top + 6],
      over: counts.box, to: (px) => ({ temperature: temperatureFor(counts.across(px), below, n_classes) }), words: words(counts),
    }];
  },
};
