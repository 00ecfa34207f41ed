const NAMES = ["cat", "dog", "bird"];

export function softmax(logits, temperature = 1) {
  const greatest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - greatest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

export function probabilitiesAfter(logits, temperature, times) {
  const once = softmax(logits, temperature);
  return times === 1 ? once : softmax(once);
}

export function crossEntropy(values, label, temperature = 1) {
  const greatest = Math.max(...values);
  const powers = values.map((value) => Math.exp((value - greatest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Math.log(sum) + (greatest - values[label]) / temperature;
}

export function winners(logits) {
  const greatest = Math.max(...logits);
  return NAMES.filter((_, place) => logits[place] === greatest).join(" or ");
}

function outcome({ cat, dog, bird, temperature, true_class_index, twice }) {
  const logits = [cat, dog, bird];
  const loss = twice ? crossEntropy(softmax(logits, temperature), true_class_index)
    : crossEntropy(logits, true_class_index, temperature);
  return { logits, loss, shares: probabilitiesAfter(logits, temperature, twice ? 2 : 1) };
}

const scene = {
  height: 330,

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const { logits, shares, loss } = outcome(numbers);
    const left = 34, right = width - 6, step = (right - left) / 3, thick = Math.min(step * 0.5, 70);
    const centre = (place) => left + (place + 0.5) * step;
    const middle = { align: "center", colour: colours.text };
    const bar = (place, from, to) => {
      const [x, y, height] = [centre(place) - thick / 2, Math.min(from, to), Math.abs(to - from)];
      g.fillStyle = place === numbers.true_class_index ? colours.first : colours.faint;
      g.fillRect(x, y, thick, Math.max(height, 1));
    };

    write(`logits, divided by temperature ${decimals(numbers.temperature, 2)}`, width / 2, 12, middle);
    const zero = 84, high = (logit) => zero - logit * 9;
    for (const v of [-5, 0, 5]) gridLine(stage, left, right, high(v), decimals(v, 0));
    logits.forEach((logit, place) => {
      bar(place, zero, high(logit));
      write(decimals(logit, 1), centre(place), high(logit) + (logit < 0 ? 9 : -9), { ...middle, weight: 700 });
    });

    write(numbers.twice ? "softmax of softmax, sum 1" : "probabilities by softmax, sum 1",
      width / 2, 158, middle);
    const ground = 276, up = (share) => ground - share * 92;
    for (const v of [0, 0.5, 1]) gridLine(stage, left, right, up(v), decimals(v, 1));
    shares.forEach((share, place) => {
      bar(place, ground, up(share));
      write(decimals(share, 2), centre(place), up(share) - 9, { ...middle, weight: 700 });
      const mark = place === numbers.true_class_index ? `${NAMES[place]} (true)` : NAMES[place];
      write(mark, centre(place), ground + 14, middle);
    });
    write(`cross-entropy ${decimals(loss, 2)}`, width / 2, ground + 40,
      { ...middle, size: 15, weight: 700, colour: colours.second });
  },

  sentence(numbers) {
    const { logits, shares, loss } = outcome(numbers);
    const list = NAMES.map((name, place) => `${name} ${decimals(shares[place], 2)}`).join(", ");
    const twice = numbers.twice ? " Softmax ran twice: the loss cannot fall below 0.55." : "";
    return `Logits ${logits.map((logit) => decimals(logit, 1)).join(", ")} at temperature `
      + `${decimals(numbers.temperature, 2)} give ${list}; their sum is 1. The answer is ${winners(logits)}. `
      + `Cross-entropy if ${NAMES[numbers.true_class_index]} is true: ${decimals(loss, 2)}.${twice}`;
  },
};
