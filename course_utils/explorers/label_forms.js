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
    const logs = [0, 1, 2].map((index) => trueClassLoss(percents, index));
    const left = 92, step = (width - left - 4) / 3;
    const centre = (index) => left + (index + 0.5) * step;
    const line = (name, y, words) => {
      write(name, 4, y, { colour: colours.text });
      words.forEach((word, index) => write(word, centre(index), y,
        { align: "center", colour: colours.text, weight: index === label ? 700 : 400 }));
    };
    line("class", 20, NAMES.map((name, index) => `${index}: ${name}`));
    percents.forEach((percent, index) => {
      const height = (percent / 100) * 40;
      g.fillStyle = index === label ? colours.first : colours.grid;
      g.fillRect(centre(index) - step / 4, 80 - height, step / 2, height);
    });
    line("probability p", 94, percents.map((percent) => (percent / 100).toFixed(2)));
    line("−log p", 122, logs.map((log) => log.toFixed(2)));
    line("one-hot row", 150, [0, 1, 2].map((index) => (index === label ? "× 1" : "× 0")));
    line("product", 178, logs.map((log, index) => (index === label ? log.toFixed(2) : "0.00")));
    g.strokeStyle = colours.first;
    g.lineWidth = 2;
    g.strokeRect(left + label * step + 2, 6, step - 4, 188);
    const loss = logs[label].toFixed(2);
    const words = { align: "center", weight: 700, colour: colours.text };
    write(`one-hot: sum of the products ${loss}`, width / 2, 208, words);
    write(`integer: value ${label} of −log p is ${loss}`, width / 2, 227, words);
  },

  sentence({ dog_percent, label }) {
    const percents = answerPercents(dog_percent);
    const logs = [0, 1, 2].map((index) => trueClassLoss(percents, index).toFixed(2));
    const terms = logs.map((log, index) => `${Number(index === label)} × ${log}`).join(" + ");
    return `The true class is ${NAMES[label]}. With its one-hot row the loss is ${terms} = `
      + `${logs[label]}. The integer label picks the value at index ${label}, `
      + `${logs[label]}, so both forms give the same loss.`;
  },
};
