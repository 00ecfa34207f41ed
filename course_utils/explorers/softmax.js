const NAMES = ["cat", "dog", "bird"];

export function softmax(logits, temperature = 1) {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

export function probabilitiesAfter(logits, temperature, times) {
  const once = softmax(logits, temperature);
  return times === 1 ? once : softmax(once);
}

export function crossEntropy(values, label, temperature = 1) {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp((value - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Math.log(sum) + (highest - values[label]) / temperature;
}

export function winners(logits) {
  const highest = Math.max(...logits);
  return NAMES.filter((_, index) => logits[index] === highest).join(" or ");
}

const inWords = (parts) => `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

function outcome({ cat, dog, bird, temperature, true_class_index, twice }) {
  const logits = [cat, dog, bird];
  const loss = twice ? crossEntropy(softmax(logits, temperature), true_class_index)
    : crossEntropy(logits, true_class_index, temperature);
  return { logits, loss, probabilities: probabilitiesAfter(logits, temperature, twice ? 2 : 1) };
}

const ZERO = 84, HIGH = 9; // where logits of 0 are, and how high one of 1 is
const GROUND = 276; // of the probabilities

function columns(width) {
  const left = 34, right = width - 6, step = (right - left) / 3, thick = Math.min(step * 0.5, 70);
  return { left, right, step, thick, centre: (index) => left + (index + 0.5) * step };
}

const scene = {
  height: 330,

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const { logits, probabilities, loss } = outcome(numbers);
    const { left, right, thick, centre } = columns(width);
    const middle = { align: "center", colour: colours.text };
    const bar = (index, from, to) => {
      const [x, y, height] = [centre(index) - thick / 2, Math.min(from, to), Math.abs(to - from)];
      g.fillStyle = index === numbers.true_class_index ? colours.first : colours.faint;
      g.fillRect(x, y, thick, Math.max(height, 1));
    };

    write(`logits, divided by temperature ${decimals(numbers.temperature, 2)}`, width / 2, 12, middle);
    const zero = ZERO, high = (logit) => zero - logit * HIGH;
    for (const v of [-5, 0, 5]) gridLine(stage, left, right, high(v), decimals(v, 0));
    logits.forEach((logit, index) => {
      bar(index, zero, high(logit));
      write(decimals(logit, 1), centre(index), high(logit) + (logit < 0 ? 9 : -9), { ...middle, weight: 700 });
    });

    write(numbers.twice ? "softmax of softmax, sum 1" : "probabilities by softmax, sum 1",
      width / 2, 158, middle);
    const ground = GROUND, up = (probability) => ground - probability * 92;
    for (const v of [0, 0.5, 1]) gridLine(stage, left, right, up(v), decimals(v, 1));
    probabilities.forEach((probability, index) => {
      bar(index, ground, up(probability));
      write(decimals(probability, 2), centre(index), up(probability) - 9, { ...middle, weight: 700 });
      const mark = index === numbers.true_class_index ? `${NAMES[index]} (true)` : NAMES[index];
      write(mark, centre(index), ground + 14, middle);
    });
    write(`cross-entropy ${decimals(loss, 2)}`, width / 2, ground + 40,
      { ...middle, size: 15, weight: 700, colour: colours.second });
  },

  sentence(numbers) {
    const { logits, probabilities, loss } = outcome(numbers);
    const list = inWords(NAMES.map((name, index) => `${name} ${decimals(probabilities[index], 2)}`));
    const twice = numbers.twice ? " Softmax ran twice, so the loss cannot fall below 0.55." : "";
    return `The logits ${inWords(logits.map((logit) => decimals(logit, 1)))} at temperature `
      + `${decimals(numbers.temperature, 2)} give the probabilities ${list}, which sum to 1. The prediction is `
      + `${winners(logits)}. If the true class is ${NAMES[numbers.true_class_index]}, the cross-entropy is ${decimals(loss, 2)}.${twice}`;
  },

  grasps(width, numbers) {
    const { left, step, centre, thick } = columns(width), names = cellsAt(left, GROUND - 92, [1, NAMES.length], step, 114);
    const bars = NAMES.map((name, index) => ({
      at: [centre(index), ZERO - numbers[name] * HIGH],
      over: [centre(index) - thick / 2, ZERO - 5 * HIGH, thick, 10 * HIGH],
      to: (x, y) => ({ [name]: (ZERO - y) / HIGH }),
    }));
    return [...bars, { over: names.box, to: (x, y) => ({ true_class_index: names.of(x, y)[1] }) }];
  },
};
