const CLASSES = 10;
const CHARTS = [[32, 72], [158, 22]]; // the top of each, and the room below its title
const TALLEST = 62; // of the bars

export function integerDistance(first, second) {
  return Math.abs(first - second);
}

export function oneHotDistance(first, second) {
  return first === second ? 0 : Math.SQRT2;
}

const scene = {
  height: 262,

  draw(stage, numbers) {
    const { write, colours } = stage;
    const { first, second, names } = numbers;
    write(`From ${names[first]} (${first}) to each label`, 6, 14, { weight: 700, colour: colours.text });
    bars(stage, numbers, integerDistance, "distance as integers", CHARTS[0], colours.second);
    bars(stage, numbers, oneHotDistance, "distance as one-hot rows", CHARTS[1], colours.first);
    write("▲ first label    ■ second label (filled bar)", 6, 248, { size: 12, colour: colours.text });
  },

  sentence({ first, second, names }) {
    const pair = `${names[first]} (${first}) and ${names[second]} (${second})`;
    if (first === second) return `${pair} are the same class, so they are 0 apart in both forms.`;
    return `${pair} are ${integerDistance(first, second)} apart as integers and `
      + `${oneHotDistance(first, second).toFixed(2)} apart as one-hot rows.`;
  },

  grasps(width, { first, second }) {
    const step = (width - 12) / CLASSES;
    return CHARTS.flatMap(([top, room]) => {
      const foot = top + 32 + room, labelAt = (x) => Math.floor((x - 6) / step);
      const labels = cellsAt(6, top + 20, [1, CLASSES], step, room + 30);
      return [
        { at: labels.middle(0, second), handle: [6 + second * step, top + 20, step, room], over: labels.box, to: (x) => ({ second: labelAt(x) }) },
        { at: [6 + (first + 0.5) * step, foot], to: (x) => ({ first: labelAt(x) }) },
      ];
    });
  },
};

// One bar per label. Both charts have the same scale: 9 is the largest possible distance.
function bars({ g, width, colours, write }, { first, second }, distance, title, [top, room], colour) {
  const step = (width - 12) / CLASSES, base = top + 32 + room;
  write(title, 6, top + 8, { colour: colours.text });
  for (let label = 0; label < CLASSES; label += 1) {
    const height = Math.max(1, (distance(first, label) / (CLASSES - 1)) * TALLEST);
    const x = 6 + label * step;
    g.fillStyle = label === second ? colour : colours.grid;
    g.fillRect(x + 2, base - height, step - 4, height);
    if (label === second) {
      g.strokeStyle = colours.text;
      g.lineWidth = 1.5;
      g.strokeRect(x + 2, base - height, step - 4, height);
      const words = label === first ? "0" : String(Number(distance(first, label).toFixed(2)));
      write(words, x + step / 2, base - height - (label === first ? 20 : 9), { align: "center", weight: 700, colour: colours.text });
    }
    const chosen = label === first || label === second;
    write(String(label), x + step / 2, base + 10,
      { size: 12, align: "center", weight: chosen ? 700 : 400, colour: colours.text });
    if (label !== first) continue;
    const centre = x + step / 2, foot = base - 2;
    fillShape(g, [[centre - 5, foot], [centre + 5, foot], [centre, foot - 9]], colours.text);
  }
}
