const OPERATIONS = ["add", "subtract", "multiply"];
const SIGNS = { add: "+", subtract: "−", multiply: "×" };

export function wrap(value) {
  return ((value % 256) + 256) % 256;
}

export function exact(operation, first, second) {
  return { add: first + second, subtract: first - second, multiply: first * second }[operation];
}

const scene = {
  height: 190,

  draw({ g, width, colours, write }, { first, second, operation_index }) {
    const meant = exact(OPERATIONS[operation_index], first, second);
    const kept = wrap(meant);
    const least = Math.min(0, meant), greatest = Math.max(255, meant);
    const left = 96, right = width - 56;
    const at = (value) => left + ((value - least) / (greatest - least)) * (right - left);
    g.fillStyle = colours.grid;
    g.fillRect(at(0), 34, at(255) - at(0), 116);
    write("0", at(0), 166, { colour: colours.text, align: "center" });
    write("255", at(255), 166, { colour: colours.text, align: "center" });
    write("Grey: what uint8 can hold", left, 16, { colour: colours.text });
    const bar = (name, value, y, colour) => {
      g.fillStyle = colour;
      g.fillRect(Math.min(at(0), at(value)), y, Math.max(2, Math.abs(at(value) - at(0))), 34);
      write(name, 6, y + 17, { colour: colours.text });
      write(String(value), Math.max(at(0), at(value)) + 6, y + 17, { colour: colours.text, weight: 700 });
    };
    bar("meant", meant, 48, colours.first);
    bar("uint8 keeps", kept, 102, colours.second);
  },

  sentence({ first, second, operation_index }) {
    const operation = OPERATIONS[operation_index];
    const meant = exact(operation, first, second), kept = wrap(meant);
    const sum = `${first} ${SIGNS[operation]} ${second} = ${meant}`;
    return kept === meant ? `${sum}, which fits into uint8.`
      : `${sum}, but uint8 has room for 0 to 255 only and keeps ${kept}.`;
  },
};
