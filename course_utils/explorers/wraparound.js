const OPERATIONS = ["add", "subtract", "multiply"];
const SIGNS = { add: "+", subtract: "−", multiply: "×" };
const MOST_TURNS = 3; // more would only blacken the dial

export function wrap(value) {
  return ((value % 256) + 256) % 256;
}

export function exact(operation, first, second) {
  return { add: first + second, subtract: first - second, multiply: first * second }[operation];
}

export function fullTurns(value) {
  return Math.floor(value / 256);
}

export function dialArc(operation, first, second) {
  const start = operation === "multiply" ? 0 : first;
  const end = exact(operation, first, second);
  return [Math.max(start, end - MOST_TURNS * 256), end];
}

export function wrapsInWords(value) {
  const times = Math.abs(fullTurns(value));
  if (times === 0) return "no wraparound";
  const how = times === 1 ? "once" : `${times} times`;
  return value < 0 ? `${how} down past 0` : `${how} up past 255`;
}

// The dial: 256 places around a circle, 0 on top.
function dial(width) {
  const x = width / 2, y = 138, radius = Math.min(108, width / 2 - 38);
  const place = (value, r) => {
    const angle = ((value / 256) * 2 - 0.5) * Math.PI;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  };
  const valueAt = (px, py) => wrap(Math.round((Math.atan2(py - y, px - x) / Math.PI / 2 + 0.25) * 256));
  const inward = (value, from) => radius - 8 - (6 * Math.abs(value - from)) / 256;
  return { x, y, radius, place, valueAt, inward };
}

const scene = {
  height: 300,

  draw({ g, width, colours, write }, { first, second, operation_index }) {
    const operation = OPERATIONS[operation_index];
    const meant = exact(operation, first, second), kept = wrap(meant);
    const { x, y, radius, place, inward } = dial(width);
    g.lineWidth = 1;
    g.strokeStyle = colours.faint;
    g.beginPath();
    g.arc(x, y, radius, 0, 2 * Math.PI);
    g.stroke();
    for (let value = 0; value < 256; value += 8) {
      const [colour, length] = value % 64 === 0 ? [colours.text, 9] : [colours.faint, 4];
      strokeLine(g, [place(value, radius), place(value, radius + length)], colour, 1);
    }
    const mark = (value, align, dx, dy) => {
      const [left, top] = place(value, radius + 12);
      write(String(value), left + dx, top + dy, { size: 12, colour: colours.text, align });
    };
    mark(0, "left", 5, 0);
    mark(255, "right", -3, 0);
    mark(64, "left", 2, 0);
    mark(128, "center", 0, 6);
    mark(192, "right", -2, 0);

    const [from, to] = dialArc(operation, first, second);
    const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 2));
    const way = Array.from({ length: steps + 1 }, (_, i) => {
      const value = from + ((to - from) * i) / steps;
      return place(value, inward(value, from));
    });
    strokeLine(g, way, colours.first, 4);
    g.lineWidth = 3;
    g.fillStyle = colours.background;
    g.beginPath();
    g.arc(...place(from, inward(from, from)), 6, 0, 2 * Math.PI);
    g.fill();
    g.stroke();
    g.fillStyle = colours.second;
    const [left, top] = place(to, inward(to, from));
    g.save();
    g.translate(left, top);
    g.rotate(Math.PI / 4);
    g.fillRect(-7, -7, 14, 14);
    g.restore();

    const line = (words, dy, look) => write(words, x, y + dy, { align: "center", colour: colours.text, ...look });
    line(`${first} ${SIGNS[operation]} ${second}`, -46, { size: 14 });
    line(`= ${meant}`, -28, { size: 14 });
    line(wrapsInWords(meant), -8, { size: 12 });
    line("uint8 keeps", 16, { size: 13, colour: colours.second });
    line(String(kept), 41, { size: 26, colour: colours.second, weight: 700 });
    const legend = `○ start at ${operation === "multiply" ? 0 : first}   ◆ stop at ${kept}`;
    write(legend, x, 288, { size: 13, colour: colours.text, align: "center" });
  },

  sentence({ first, second, operation_index }) {
    const operation = OPERATIONS[operation_index];
    const meant = exact(operation, first, second), kept = wrap(meant);
    const sum = `${first} ${SIGNS[operation]} ${second} = ${meant}`;
    return kept === meant ? `${sum}, which fits in uint8.`
      : `${sum}, but uint8 can hold only 0 to 255 and keeps ${kept}.`;
  },

  grasps(width, { first, second, operation_index }) {
    const operation = OPERATIONS[operation_index], { place, valueAt, inward } = dial(width);
    if (operation === "multiply") return []; // the way begins at 0, and its end says nothing of either
    const [from, to] = dialArc(operation, first, second);
    return [{
      at: place(from, inward(from, from)), to: (x, y) => ({ first: valueAt(x, y) }),
    }, {
      at: place(to, inward(to, from)),
      to: (x, y) => ({ second: wrap(operation === "add" ? valueAt(x, y) - first : first - valueAt(x, y)) }),
    }];
  },
};
