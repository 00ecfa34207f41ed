export function hotColumn(label, nClasses) {
  if (label < -nClasses || label >= nClasses) return null;
  return (label + nClasses) % nClasses;
}

export function rowText(column, nClasses) {
  return `[${Array.from({ length: nClasses }, (_, place) => Number(place === column)).join(", ")}]`;
}

const scene = {
  height: (width) => 132 + boxSize(width, 10),

  draw({ g, width, colours, write }, { label, n_classes }) {
    const column = hotColumn(label, n_classes);
    const places = Math.max(n_classes, label + 1);
    const size = boxSize(width, places), left = (width - places * size) / 2, top = 66;
    const centre = (place) => left + (place + 0.5) * size;
    const box = (place, colour, dashes) => {
      g.strokeStyle = colour;
      g.lineWidth = dashes.length ? 2 : 1;
      g.setLineDash(dashes);
      g.strokeRect(left + place * size + 1, top + 1, size - 2, size - 2);
      g.setLineDash([]);
    };
    for (let place = 0; place < n_classes; place += 1) {
      const hot = place === column;
      g.fillStyle = hot ? colours.first : colours.background;
      g.fillRect(left + place * size + 1, top + 1, size - 2, size - 2);
      box(place, colours.faint, []);
      const digit = { size: 15, align: "center", weight: hot ? 700 : 400 };
      write(hot ? "1" : "0", centre(place), top + size / 2,
        { ...digit, colour: hot ? colours.background : colours.text });
    }
    if (column === null) {
      box(label, colours.second, [4, 3]);
      write("?", centre(label), top + size / 2,
        { size: 15, align: "center", weight: 700, colour: colours.second });
    }
    for (let place = 0; place < places; place += 1) {
      write(String(place), centre(place), top + size + 14, { size: 12, align: "center", colour: colours.text });
    }
    write("column", width / 2, top + size + 34, { align: "center", colour: colours.text });
    arrow({ g, colours, write }, label, centre(column ?? label), top, width);
    const verdict = column === null ? "no row" : `sum 1, argmax ${column}`;
    write(verdict, width / 2, top + size + 54, { align: "center", weight: 700, colour: colours.text });
  },

  sentence({ label, n_classes }) {
    const column = hotColumn(label, n_classes);
    if (column === null) {
      return `Label ${label} does not fit: ${n_classes} classes have columns 0 to ${n_classes - 1} only, so NumPy stops with an IndexError.`;
    }
    const row = rowText(column, n_classes);
    if (label < 0) {
      return `Label ${label} is no class, but Python counts it from the end: ${row}. Sum 1, argmax ${column}. A wrong row, and no error.`;
    }
    return `Label ${label} of ${n_classes} classes: ${row}. Sum 1, argmax ${column}.`;
  },
};

function boxSize(width, places) {
  return Math.min(52, Math.floor((width - 4) / places));
}

// The label's name stays inside the picture, its arrow points at the box.
function arrow({ g, colours, write }, label, x, top, width) {
  const colour = label < 0 ? colours.second : colours.text;
  write(`label ${label}`, Math.min(Math.max(x, 30), width - 30), 18, { align: "center", weight: 700, colour });
  strokeLine(g, [[x, 30], [x, top - 10]], colour, 2);
  fillShape(g, [[x - 5, top - 12], [x + 5, top - 12], [x, top - 3]], colour);
}
