export function hotColumn(label, nClasses) {
  if (label < -nClasses || label >= nClasses) return null;
  return (label + nClasses) % nClasses;
}

export function rowText(column, nClasses) {
  return `[${Array.from({ length: nClasses }, (_, index) => Number(index === column)).join(", ")}]`;
}

const TOP = 66; // of the row

const scene = {
  height: (width) => 132 + boxSize(width, 2), // fewer columns have larger boxes

  draw({ g, width, colours, write }, { label, n_classes }) {
    const column = hotColumn(label, n_classes);
    const columns = Math.max(n_classes, label + 1);
    const size = boxSize(width, columns), left = (width - columns * size) / 2, top = TOP;
    const centre = (index) => left + (index + 0.5) * size;
    const box = (index, colour, dashes) => {
      g.strokeStyle = colour;
      g.lineWidth = dashes.length ? 2 : 1;
      g.setLineDash(dashes);
      g.strokeRect(left + index * size + 1, top + 1, size - 2, size - 2);
      g.setLineDash([]);
    };
    for (let index = 0; index < n_classes; index += 1) {
      const hot = index === column;
      g.fillStyle = hot ? colours.first : colours.background;
      g.fillRect(left + index * size + 1, top + 1, size - 2, size - 2);
      box(index, colours.faint, []);
      const digit = { size: 15, align: "center", weight: hot ? 700 : 400 };
      write(hot ? "1" : "0", centre(index), top + size / 2,
        { ...digit, colour: hot ? colours.background : colours.text });
    }
    if (column === null) {
      box(label, colours.second, [4, 3]);
      write("?", centre(label), top + size / 2,
        { size: 15, align: "center", weight: 700, colour: colours.second });
    }
    for (let index = 0; index < columns; index += 1) {
      write(String(index), centre(index), top + size + 14, { size: 12, align: "center", colour: colours.text });
    }
    write("column", width / 2, top + size + 34, { align: "center", colour: colours.text });
    arrow({ g, colours, write }, label, centre(column ?? label), top, width);
    const verdict = column === null ? "no row" : `sum 1, argmax ${column}`;
    write(verdict, width / 2, top + size + 54, { align: "center", weight: 700, colour: colours.text });
  },

  sentence({ label, n_classes }) {
    const column = hotColumn(label, n_classes);
    if (column === null) {
      return `Label ${label} does not fit: ${n_classes} classes have only columns 0 to ${n_classes - 1}, so NumPy raises an IndexError.`;
    }
    const row = rowText(column, n_classes);
    if (label < 0) {
      return `Label ${label} is not a class, but NumPy counts it from the end and gives ${row}, with sum 1 and argmax ${column}: a wrong row without any error.`;
    }
    return `Label ${label} of ${n_classes} classes becomes ${row}, with sum 1 and argmax ${column}.`;
  },

  grasps(width, { label, n_classes }) {
    const columns = Math.max(n_classes, label + 1), size = boxSize(width, columns);
    const left = (width - columns * size) / 2, column = hotColumn(label, n_classes) ?? label;
    // Pulled on to the right, the arrow leaves the row.
    return [{
      at: [left + (column + 0.5) * size, TOP - 22], over: [left, 8, columns * size, TOP + size],
      to: (x) => ({ label: Math.floor((x - left) / size) }),
    }];
  },
};

function boxSize(width, columns) {
  return Math.min(52, Math.floor((width - 4) / columns));
}

// The label's name stays inside the picture, its arrow points at the box.
function arrow({ g, colours, write }, label, x, top, width) {
  const colour = label < 0 ? colours.second : colours.text;
  write(`label ${label}`, Math.min(Math.max(x, 30), width - 30), 18, { align: "center", weight: 700, colour });
  strokeLine(g, [[x, 30], [x, top - 10]], colour, 2);
  fillShape(g, [[x - 5, top - 12], [x + 5, top - 12], [x, top - 3]], colour);
}
