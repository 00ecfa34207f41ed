const RATES = ["0.0001", "0.00032", "0.001", "0.0032", "0.01", "0.032", "0.1", "0.32", "1", "3.2", "10"];
const DROPOUTS = ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"];
const BUDGETS = [4, 9, 16];
const FIRST_SHIFT = -1, LEFT = 34, TOP = 26, BELOW = 48; // around the plane
const WIDE = 540;

// The place of the highest accuracy, the first of them where several are equal.
export function winner(accuracies, places) {
  return places.reduce((best, place) => (accuracies[place] > accuracies[best] ? place : best));
}

function calculate({ records, run, budget_index, tried, grids, draws, shift, sample, reveal }) {
  const budget = BUDGETS[budget_index], spent = tried.slice(0, budget);
  const [validation, fresh] = ["validation", "fresh"].map((name) => records.map((trial) => trial[name][run - 1]));
  const grid = grids[budget_index][shift - FIRST_SHIFT], random = draws[sample - 1].slice(0, budget);
  return { run, budget, spent, validation, fresh, grid, random, over: reveal || spent.length === budget };
}

export function setting(place) {
  const column = place % RATES.length, row = (place - column) / RATES.length;
  return `a rate of ${RATES[column]} with dropout ${DROPOUTS[row]}`;
}

export function moved(shift) {
  return shift ? `moved one column to the ${shift > 0 ? "right" : "left"}` : "not moved";
}

const twoDigits = (accuracy) => decimals(accuracy, 2).replace(/^0/, "");

// The plane: where it is, and how large a cell; dropout 0 is its lowest row.
function plane(width) {
  const room = width >= WIDE ? 0.66 * width : width;
  const cell = { width: Math.min(38, (room - LEFT - 6) / RATES.length), height: 30 };
  return { x: LEFT, y: TOP, cell, width: cell.width * RATES.length, height: cell.height * DROPOUTS.length };
}

function corner({ x, y, cell }, place) {
  const column = place % RATES.length, row = (place - column) / RATES.length;
  return [x + column * cell.width, y + (DROPOUTS.length - 1 - row) * cell.height];
}

function drawPlane({ g, colours, write }, box, state, { rate_index, dropout_index, reveal }) {
  const { cell } = box, small = { colour: colours.text, size: 11 };
  write("dropout", 2, 12, small);
  const shown = new Set(reveal ? state.validation.keys() : state.spent);
  for (let place = 0; place < RATES.length * DROPOUTS.length; place++) {
    const [left, top] = corner(box, place);
    g.strokeStyle = colours.grid;
    g.lineWidth = 1;
    g.strokeRect(left + 0.5, top + 0.5, cell.width, cell.height);
    if (!shown.has(place)) continue;
    g.globalAlpha = 0.5 * state.validation[place];
    g.fillStyle = colours.first;
    g.fillRect(left + 1, top + 1, cell.width - 1, cell.height - 1);
    g.globalAlpha = 1;
    const weight = state.spent.includes(place) ? 700 : 400;
    write(twoDigits(state.validation[place]), left + cell.width / 2, top + cell.height / 2 + 3,
      { ...small, align: "center", weight });
  }
  DROPOUTS.forEach((words, row) =>
    write(words, LEFT - 6, corner(box, row * RATES.length)[1] + cell.height / 2, { ...small, align: "right" }));
  RATES.forEach((words, column) => { // every second one, because they are long
    if (column % 2 === 0) {
      write(words, box.x + (column + 0.5) * cell.width, box.y + box.height + 12, { ...small, align: "center" });
    }
  });
  write("learning rate", box.x + box.width / 2, box.y + box.height + 30, { ...small, align: "center" });
  const [left, top] = corner(box, dropout_index * RATES.length + rate_index);
  g.strokeStyle = colours.second;
  g.lineWidth = 3;
  g.strokeRect(left + 1, top + 1, cell.width - 1, cell.height - 1);
}

// A square in the left corner for the grid, a disc in the right one for the random search.
function markSquare(g, x, y, colour) {
  g.fillStyle = colour;
  g.fillRect(x - 3.5, y - 3.5, 7, 7);
}

function markDisc(g, x, y, colour) {
  g.fillStyle = colour;
  g.beginPath();
  g.arc(x, y, 3.8, 0, 2 * Math.PI);
  g.fill();
}

function drawRivals({ g, colours }, box, { grid, random }) {
  for (const place of grid) {
    const [left, top] = corner(box, place);
    markSquare(g, left + 7, top + 7, colours.first);
  }
  for (const place of random) {
    const [left, top] = corner(box, place);
    markDisc(g, left + box.cell.width - 7, top + 7, colours.third);
  }
}

function drawFound({ g, colours, write }, x, y, { run, spent, budget, validation, fresh, grid, random, over }) {
  const look = { colour: colours.text, size: 13 };
  write(`run ${run}: ${spent.length} of ${budget} trials spent`, x, y, { ...look, weight: 700 });
  const ways = [["you", spent], ["grid", over ? grid : []], ["random", over ? random : []]];
  write("validation", x + 136, y + 26, { ...look, align: "right", size: 12 });
  write("fresh", x + 190, y + 26, { ...look, align: "right", size: 12 });
  ways.forEach(([name, places], i) => {
    const middle = y + 50 + 24 * i, best = places.length ? winner(validation, places) : -1;
    if (i === 1) markSquare(g, x + 6, middle, colours.first);
    if (i === 2) markDisc(g, x + 6, middle, colours.third);
    write(name, x + 16, middle, look);
    write(best < 0 ? "–" : decimals(validation[best], 3), x + 136, middle, { ...look, align: "right" });
    write(best < 0 || !over ? "–" : decimals(fresh[best], 3), x + 190, middle, { ...look, align: "right", weight: 700 });
  });
  const later = over ? [] : ["What they find is", "shown at the end."];
  later.forEach((words, i) => write(words, x, y + 126 + 16 * i, { ...look, size: 12 }));
}

const scene = {
  height(width) {
    const { y, height } = plane(width);
    return y + height + BELOW + (width >= WIDE ? 0 : 172);
  },

  draw(stage, numbers) {
    const box = plane(stage.width), state = calculate(numbers);
    drawPlane(stage, box, state, numbers);
    drawRivals(stage, box, state);
    if (stage.width >= WIDE) drawFound(stage, box.x + box.width + 20, TOP + 12, state);
    else drawFound(stage, LEFT, box.y + box.height + BELOW + 12, state);
  },

  sentence(numbers) {
    const { spent, budget, validation, fresh, grid, random, over } = calculate(numbers);
    const { run, rate_index, dropout_index, shift, sample } = numbers;
    const words = [
      `In run ${run} you have spent ${spent.length} of ${budget} trials, and `
        + `${setting(dropout_index * RATES.length + rate_index)} is chosen. The grid is ${moved(shift)}, and the `
        + `random search is draw ${sample}.`,
    ];
    if (spent.length) {
      const best = winner(validation, spent);
      words.push(`Your best so far is ${setting(best)}, with a validation accuracy of ${decimals(validation[best], 3)}.`);
    }
    if (!over) return words.join(" ");
    const ways = [["Your winner", spent], ["grid", grid], ["random", random]];
    for (const [name, places] of spent.length ? ways : ways.slice(1)) {
      const best = winner(validation, places), own = name === "Your winner";
      const whose = own ? name : `The winner of the ${name} search, ${setting(best)},`;
      words.push(`${whose} reaches ${decimals(validation[best], 3)} in validation and ${decimals(fresh[best], 3)} on fresh images.`);
    }
    return words.join(" ");
  },

  // A press chooses a setting, and what it reached can be read once it was tried.
  grasps(width, numbers) {
    const { x, y, cell } = plane(width), { validation, spent } = calculate(numbers);
    const cells = cellsAt(x, y, [DROPOUTS.length, RATES.length], cell.width, cell.height);
    const placeOf = ([row, column]) => (DROPOUTS.length - 1 - row) * RATES.length + column;
    return [{
      over: cells.box,
      to: (...spot) => {
        const [row, column] = cells.of(...spot);
        return { rate_index: column, dropout_index: DROPOUTS.length - 1 - row };
      },
      words: (...spot) => {
        const place = placeOf(cells.of(...spot)), known = numbers.reveal || spent.includes(place);
        return known ? `${setting(place)}: ${decimals(validation[place], 3)}` : setting(place);
      },
    }];
  },

  attach({ model, canvas }) {
    const make = (tag, words, attributes) => {
      const node = Object.assign(document.createElement(tag), { textContent: words });
      setAttributes(node, attributes);
      return node;
    };
    const spend = make("button", "Try this setting", { type: "button" });
    const again = make("button", "Start again", { type: "button" });
    const status = make("span", "Choose a cell, or a setting by the sliders, and press the button.", { role: "status" });
    const tools = make("div", "", { class: "course-tools" });
    tools.append(spend, again, status);
    canvas.after(tools);

    spend.addEventListener("click", () => {
      const tried = model.get("tried"), budget = BUDGETS[model.get("budget_index")];
      const chosen = model.get("dropout_index") * RATES.length + model.get("rate_index");
      if (tried.includes(chosen)) {
        status.textContent = "You have tried this setting already; no trial was spent.";
      } else if (tried.length >= budget) {
        status.textContent = "Your budget is spent. Start again, or take a larger one.";
      } else {
        status.textContent = `Tried ${setting(chosen)}.`;
        model.set("tried", [...tried, chosen]);
        model.save_changes();
      }
    });
    again.addEventListener("click", () => {
      status.textContent = "You have all your trials again.";
      model.set("tried", []);
      model.save_changes();
    });
    tools.addEventListener("keydown", (event) => event.key !== "Tab" && event.stopPropagation());
    return () => tools.remove();
  },
};
