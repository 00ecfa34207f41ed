export function greyName(value) {
  if (value === 0) return "black";
  if (value === 255) return "white";
  return ["dark grey", "middle grey", "light grey"][Math.min(Math.floor(value / 85), 2)];
}

export function patchWith(row, column, value) {
  const patch = [[255, 128, 0], [128, 255, 128], [0, 128, 255]];
  patch[row][column] = value;
  return patch;
}

const SIDE = 66, TOP = 22; // of a pixel, and above the patch
const leftOf = (width) => Math.max(50, (width - 3 * SIDE) / 2);

// All greys below each other, white on top.
const strip = (width) => ({ x: leftOf(width) + 3 * SIDE + 18, y: TOP, wide: 22, high: 3 * SIDE });

const scene = {
  height: 250,

  draw({ g, width, colours, write }, { row, column, value }) {
    const side = SIDE, left = leftOf(width), top = TOP;
    const words = { colour: colours.text, align: "center" };
    patchWith(row, column, value).forEach((line, i) => line.forEach((grey, j) => {
      const x = left + j * side, y = top + i * side;
      g.fillStyle = `rgb(${grey},${grey},${grey})`;
      g.fillRect(x, y, side, side);
      g.strokeStyle = colours.faint;
      g.strokeRect(x, y, side, side);
      const colour = grey > 110 ? "#000000" : "#ffffff";
      write(String(grey), x + side / 2, y + side / 2, { size: 16, colour, align: "center" });
    }));
    for (let i = 0; i < 3; i++) {
      write(String(i), left - 12, top + (i + 0.5) * side, words);
      write(String(i), left + (i + 0.5) * side, top - 11, words);
    }
    write("row", left - 24, top + 1.5 * side, { ...words, align: "right" });
    write("column", left + 1.5 * side, top + 3 * side + 16, words);
    g.strokeStyle = colours.second;
    g.lineWidth = 5;
    g.strokeRect(left + column * side, top + row * side, side, side);
    const { x, y, wide, high } = strip(width), greys = g.createLinearGradient(0, y, 0, y + high);
    greys.addColorStop(0, "#ffffff");
    greys.addColorStop(1, "#000000");
    g.fillStyle = greys;
    g.fillRect(x, y, wide, high);
    g.lineWidth = 1;
    g.strokeStyle = colours.faint;
    g.strokeRect(x, y, wide, high);
    g.lineWidth = 4;
    g.strokeStyle = colours.second;
    g.strokeRect(x - 3, y + (1 - value / 255) * high - 5, wide + 6, 10);
    g.lineWidth = 1;
  },

  sentence({ row, column, value }) {
    const mean = patchWith(row, column, value).flat().reduce((sum, grey) => sum + grey, 0) / 9;
    return `The pixel in row ${row}, column ${column} holds ${value}, `
      + `which is ${greyName(value)}. The mean of the nine pixels is ${mean.toFixed(1)}.`;
  },

  grasps(width, { value }) {
    const pixels = cellsAt(leftOf(width), TOP, [3, 3], SIDE), { x, y, wide, high } = strip(width);
    return [{
      over: pixels.box,
      to(px, py) {
        const [row, column] = pixels.of(px, py);
        return { row, column };
      },
    }, {
      over: [x - 4, y, wide + 8, high], at: [x + wide / 2, y + (1 - value / 255) * high],
      to: (px, py) => ({ value: 255 * (1 - (py - y) / high) }),
    }];
  },
};
