const NAMES = ["cat", "dog", "bird"];

export function answerPercents(dogPercent) {
  const rest = 100 - dogPercent;
  const cat = Math.floor(rest / 4);
  return [cat, dogPercent, rest - cat];
}

export function trueClassLoss(percents, label) {
  return -Math.log(percents[label] / 100);
}

const scene = {
  height: 236,

  draw({ g, width, colours, write }, { dog_percent, label }) {
    const percents = answerPercents(dog_percent);
    const logs = [0, 1, 2].map((place) => trueClassLoss(percents, place));
    const left = 92, step = (width - left - 4) / 3;
    const centre = (place) => left + (place + 0.5) * step;
    const line = (name, y, words) => {
      write(name, 4, y, { colour: colours.text });
      words.forEach((word, place) => write(word, centre(place), y,
        { align: "center", colour: colours.text, weight: place === label ? 700 : 400 }));
    };
    line("class", 20, NAMES.map((name, place) => `${place}: ${name}`));
    percents.forEach((percent, place) => {
      const height = (percent / 100) * 40;
      g.fillStyle = place === label ? colours.first : colours.grid;
      g.fillRect(centre(place) - step / 4, 80 - height, step / 2, height);
    });
    line("probability p", 94, percents.map((percent) => (percent / 100).toFixed(2)));
    line("−log p", 122, logs.map((log) => log.toFixed(2)));
    line("one-hot row", 150, [0, 1, 2].map((place) => (place === label ? "× 1" : "× 0")));
    line("product", 178, logs.map((log, place) => (place === label ? log.toFixed(2) : "0.00")));
    g.strokeStyle = colours.first;
    g.lineWidth = 2;
    g.strokeRect(left + label * step + 2, 6, step - 4, 188);
    const loss = logs[label].toFixed(2);
    const words = { align: "center", weight: 700, colour: colours.text };
    write(`one-hot: sum of the products ${loss}`, width / 2, 208, words);
    write(`integer: number ${label} of −log p is ${loss}`, width / 2, 227, words);
  },

  sentence({ dog_percent, label }) {
    const percents = answerPercents(dog_percent);
    const logs = [0, 1, 2].map((place) => trueClassLoss(percents, place).toFixed(2));
    const terms = logs.map((log, place) => `${Number(place === label)} × ${log}`).join(" + ");
    return `The true class is ${NAMES[label]}. One-hot: ${terms} = ${logs[label]}. `
      + `Integer: take number ${label}, which is ${logs[label]}. The same loss.`;
  },
};
