const WIDEST_LENS = 7;

// Where the lens lies along an axis: first index and length. It never leaves the image.
export function lensRange(position, size) {
  const length = Math.min(WIDEST_LENS, size);
  return [Math.max(0, Math.min(position - Math.floor(length / 2), size - length)), length];
}

// The numbers under the lens, row by row.
export function lensValues(pixels, size, image, row, column) {
  const [height, width] = size;
  const [top, rows] = lensRange(row, height);
  const [left, columns] = lensRange(column, width);
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns },
    (_, c) => pixels[(image * height + top + r) * width + left + c]));
}

// Where the picture and the lens are, and how large their cells.
function places(width, [height, breadth]) {
  const beside = width >= 500;
  const side = Math.floor(Math.min(240, width - 40) / Math.max(height, breadth));
  const cell = Math.min(34, (beside ? width - 330 : width - 40) / WIDEST_LENS);
  return {
    side, x: beside ? 30 : Math.max(30, (width - side * breadth) / 2), y: 46,
    cell, lx: beside ? 318 : Math.max(30, (width - 7 * cell) / 2 + 10), ly: beside ? 46 : 316,
  };
}

const scene = {
  height: (width) => (width < 500 ? 566 : 306),

  draw({ g, width, colours, write }, numbers) {
    const { pixels, size, image, row, column, labels, class_names } = numbers;
    const [height, breadth] = size;
    const values = lensValues(pixels, size, image, row, column);
    const [top] = lensRange(row, height), [left] = lensRange(column, breadth);
    const { side, x, y, cell, lx, ly } = places(width, size);
    const title = `images[${image}] is ${labels[image]}: ${class_names[labels[image]]}`;
    write(title, 6, 14, { colour: colours.text, weight: 600 });
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < breadth; c++) {
        const value = pixels[(image * height + r) * breadth + c];
        g.fillStyle = `rgb(${value}, ${value}, ${value})`;
        g.fillRect(x + c * side, y + r * side, side, side);
      }
    }
    g.strokeStyle = colours.faint;
    g.lineWidth = 1;
    g.strokeRect(x - 0.5, y - 0.5, side * breadth + 1, side * height + 1);
    for (const [colour, thick] of [["#ffffff", 6], [colours.second, 3]]) {
      g.strokeStyle = colour;
      g.lineWidth = thick;
      g.strokeRect(x + left * side, y + top * side, values[0].length * side, values.length * side);
    }
    const tick = (words, tx, ty, align) => write(words, tx, ty, { size: 12, colour: colours.text, align });
    tick("0", x - 6, y + side / 2, "right");
    tick(String(height - 1), x - 6, y + (height - 0.5) * side, "right");
    tick("0", x + side / 2, y - 9, "center");
    tick(String(breadth - 1), x + (breadth - 0.5) * side, y - 9, "center");

    // The lens: each value on its own grey, its row and column beside it.
    values.forEach((line, r) => {
      const strong = top + r === row;
      write(String(top + r), lx - 6, ly + (r + 0.5) * cell,
        { size: 12, colour: colours.text, align: "right", weight: strong ? 700 : 400 });
      line.forEach((value, c) => {
        g.fillStyle = `rgb(${value}, ${value}, ${value})`;
        g.fillRect(lx + c * cell, ly + r * cell, cell, cell);
        write(String(value), lx + (c + 0.5) * cell, ly + (r + 0.5) * cell,
          { size: 12, colour: value < 118 ? "#ffffff" : "#000000", align: "center" });
      });
    });
    values[0].forEach((_, c) => write(String(left + c), lx + (c + 0.5) * cell, ly - 9,
      { size: 12, colour: colours.text, align: "center", weight: left + c === column ? 700 : 400 }));
    g.strokeStyle = colours.second;
    g.lineWidth = 3;
    g.strokeRect(lx, ly, values[0].length * cell, values.length * cell);
    g.strokeStyle = colours.first; // the pixel that the sliders name
    g.strokeRect(lx + (column - left) * cell + 1, ly + (row - top) * cell + 1, cell - 2, cell - 2);
  },

  sentence({ pixels, size, image, row, column, labels, class_names }) {
    const values = lensValues(pixels, size, image, row, column).flat();
    const [height, breadth] = size;
    const value = pixels[(image * height + row) * breadth + column];
    const zeros = values.filter((v) => v === 0).length;
    return `images[${image}] is labelled ${labels[image]}, ${class_names[labels[image]]}. `
      + `Its pixel in row ${row} and column ${column} is ${value}. The ${values.length} pixels under `
      + `the lens range from ${Math.min(...values)} to ${Math.max(...values)}, and ${zeros} of them are 0.`;
  },

  grasps(width, { pixels, size, image, row, column }) {
    const { side, x, y, cell, lx, ly } = places(width, size);
    const [top, rows] = lensRange(row, size[0]), [left, columns] = lensRange(column, size[1]);
    const picture = cellsAt(x, y, size, side), lens = cellsAt(lx, ly, [rows, columns], cell);
    const valueAt = (r, c) => pixels[(image * size[0] + r) * size[1] + c];
    return [{
      at: picture.middle(row, column), handle: [x + left * side, y + top * side, columns * side, rows * side],
      over: picture.box,
      to(px, py) {
        const [r, c] = picture.of(px, py);
        return { row: r, column: c };
      },
      words(px, py) {
        const [r, c] = picture.of(px, py);
        return `row ${r}, column ${c}: ${valueAt(r, c)}`;
      },
    }, {
      over: lens.box,
      to(px, py) {
        const [r, c] = lens.of(px, py);
        return { row: top + r, column: left + c };
      },
    }];
  },
};
