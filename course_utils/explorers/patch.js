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

const scene = {
  height: 250,

  draw({ g, width, colours, write }, { row, column, value }) {
    const side = 66, left = Math.max(50, (width - 3 * side) / 2), top = 22;
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
    g.lineWidth = 1;
  },

  sentence({ row, column, value }) {
    const mean = patchWith(row, column, value).flat().reduce((sum, grey) => sum + grey, 0) / 9;
    return `The pixel in row ${row}, column ${column} holds ${value}, `
      + `which is ${greyName(value)}. The mean of the nine pixels is ${mean.toFixed(1)}.`;
  },
};
