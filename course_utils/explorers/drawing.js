const WIDE = 640;
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }; // in pixels

// The two most probable classes.
export function ranking(probabilities) {
  return Array.from(probabilities, (_, k) => k)
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b).slice(0, 2);
}

export function shiftInWords(down, right) {
  const steps = [[down, "down", "up"], [right, "right", "left"]]
    .filter(([n]) => n !== 0).map(([n, plus, minus]) => `${Math.abs(n)} ${n < 0 ? minus : plus}`);
  return steps.length ? `moved ${steps.join(" and ")}` : "not moved";
}

function calculate({ drawing, centred, down, right, evidence, fit, networks, mlp, cnn }) {
  const whole = centred ? fitted(drawing, fit[0], fit[1]) : reduced(drawing);
  const image = shifted(whole, down, right);
  const answers = [mlp, cnn].map((weights, i) =>
    layerOutputs(networks[i], asFloats(weights), image).at(-1).values);
  return { image, answers, added: evidence ? evidenceIn(networks[1], asFloats(cnn), image, ranking(answers[1])[0]) : null };
}

function evidenceIn(layers, weights, image, k) {
  const [seen, blank] = [image, new Uint8Array(PIXELS * PIXELS)].map((pixels) => reading(layers, weights, pixels));
  return addedBy(seen, blank, k);
}

const read = (numbers) => remembered(numbers, calculate);

// Where the sheet is, on which the pen draws.
function sheetBox(width) {
  return { x: 4, y: 24, side: width >= WIDE ? 224 : Math.min(224, width - 108) };
}

// Where the picture is that the networks get.
function imageBox(width) {
  const { x, y, side } = sheetBox(width);
  return { x: x + side + 12, y, side: width >= WIDE ? 112 : 84 };
}

// Where the evidence for the CNN's answer is: below that picture.
function evidenceBox(width) {
  const { x, y, side } = imageBox(width);
  return { x, y: y + side + 28, side };
}

function drawSheet({ g, colours, write, width }, { drawing, pen, radius }) {
  const { x, y, side } = sheetBox(width), [row, column, lowered] = pen, dot = side / DOTS;
  write("your drawing", x, 12, { colour: colours.text, weight: 600 });
  paintGrey(g, drawing, [DOTS, DOTS], [x, y], dot, 255);
  g.strokeStyle = colours.faint;
  g.lineWidth = 1;
  g.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
  for (const [colour, thick] of [["#ffffff", 4], [LIGHT.second, 2]]) {
    g.strokeStyle = g.fillStyle = colour;
    g.lineWidth = thick;
    g.beginPath();
    g.arc(x + (column + 0.5) * dot, y + (row + 0.5) * dot, Math.max(4, radius * dot), 0, 2 * Math.PI);
    if (lowered) g.fill();
    g.stroke();
  }
}

function drawImage({ g, colours }, { x, y, side }, image) {
  paintGrey(g, image, [PIXELS, PIXELS], [x, y], side / PIXELS, 255);
  g.strokeStyle = colours.faint;
  g.lineWidth = 1;
  g.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
}

// A column of bars for each network, side by side; each its most probable class in bold.
function drawAnswers({ g, colours, write }, x, y, room, step, { answers }, names) {
  const look = { colour: colours.text, size: 12 };
  const forNames = 12 + Math.max(...names.map((name) => name.length)) * 6.6;
  const column = (room - forNames) / 2, longest = column - 54;
  const best = answers.map((answer) => ranking(answer)[0]);
  names.forEach((name, k) => {
    const middle = y + 44 + (k + 0.5) * step;
    write(name, x + forNames - 8, middle, { ...look, align: "right", weight: best.includes(k) ? 700 : 400 });
  });
  answers.forEach((answer, i) => {
    const left = x + forNames + i * column;
    write(["MLP predicts", "CNN predicts"][i], left, y + 6, { ...look, size: 13 });
    write(names[best[i]], left, y + 26, { ...look, size: column < 100 ? 12 : 15, weight: 700 });
    drawBars({ g, colours, write }, answer, [left, y + 44], step, longest, [colours.first, colours.second][i]);
  });
  const verdict = best[0] === best[1] ? "= They agree." : "≠ They disagree.";
  write(verdict, x + forNames, y + 58 + 10 * step, { ...look, size: 13, weight: 700 });
}

function evidenceInWords(added, name) {
  if (!added) return "";
  const best = argmax(added), across = Math.sqrt(added.length);
  if (added[best] <= 0) return ` No cell speaks for ${name}.`;
  return ` What speaks most for ${name} is the cell in row ${Math.floor(best / across)} and column ${best % across}, ${decimals(added[best], 2)}.`;
}

const scene = {
  height: (width) => (width >= WIDE ? 300 : sheetBox(width).side + 356),

  draw(stage, numbers) {
    const state = read(numbers), { x, y, side } = sheetBox(stage.width);
    const wide = stage.width >= WIDE, look = { colour: stage.colours.text, size: 12 };
    drawSheet(stage, numbers);
    drawImage(stage, imageBox(stage.width), state.image);
    stage.write("networks get", x + side + 12, 12, look);
    if (state.added) {
      const { x: left, y: top, side: across } = evidenceBox(stage.width);
      stage.write(`evidence: ${numbers.class_names[ranking(state.answers[1])[0]]}`, left, top - 12, look);
      drawEvidence(stage, state.image, [left, top, across], state.added, Math.max(...state.added.map(Math.abs)) || 1);
    }
    if (wide) drawAnswers(stage, 372, 4, stage.width - 376, 23, state, numbers.class_names);
    else drawAnswers(stage, 4, y + side + 20, stage.width - 8, 24, state, numbers.class_names);
  },

  sentence(numbers) {
    const { image, answers } = read(numbers), { class_names: names, centred, down, right, fit } = numbers;
    const ranks = answers.map(ranking);
    const verdict = ranks[0][0] === ranks[1][0] ? "agree" : "disagree";
    const [ofMlp, ofCnn] = ranks.map(([first, second], i) => `the ${["MLP", "CNN"][i]} predicts ${names[first]} `
      + `(${percentOf(answers[i][first])} %) ahead of ${names[second]} (${percentOf(answers[i][second])} %)`);
    const most = evidenceInWords(read(numbers).added, names[ranks[1][0]]);
    const predicted = `T${ofMlp.slice(1)}, and ${ofCnn}, so they ${verdict}.`;
    if (!image.some((value) => value > 0)) {
      return `The picture is empty, but each network still picks a class. ${predicted} `
        + `Neither has a class for “none of these”.${most}`;
    }
    const done = centred ? fit[2] : "left where it was drawn";
    return `The ink is ${done}, and ${shiftInWords(down, right)}. ${predicted}${most}`;
  },

  grasps(width, numbers) {
    const { down, right } = numbers, { added } = read(numbers), map = evidenceBox(width);
    const { x, y, side } = imageBox(width), pixel = side / PIXELS;
    return [{
      at: [x + right * pixel, y + down * pixel], handle: [x, y, side, side],
      to: (px, py) => ({ right: (px - x) / pixel, down: (py - y) / pixel }),
    }, ...(added ? [readEvidence([map.x, map.y, map.side], added)] : [])];
  },

  // A sheet of glass over the drawn one takes pointer and keys.
  attach({ model, el, canvas }) {
    const make = (tag, words, attributes = {}) => {
      const node = Object.assign(document.createElement(tag), { textContent: words });
      setAttributes(node, attributes);
      return node;
    };
    const glass = make("div", "", {
      class: "course-sheet", tabindex: "0", role: "application",
      "aria-label": "Sheet to draw on. The arrow keys move the pen, and space lowers or lifts it.",
    });
    const clear = make("button", "Clear", { type: "button" });
    const again = make("button", "Back to the example", { type: "button" });
    const status = make("span", "Draw with the mouse or a finger. With the keyboard, focus the sheet, move the pen with the arrow keys, and press space to lower it.", { role: "status" });
    const tools = make("div", "", { class: "course-tools" });
    tools.append(clear, again, status);
    el.append(glass);
    canvas.after(tools);

    const sheet = () => readNumbers(model).drawing;
    const put = (drawing) => model.set("drawing", new DataView(drawing.buffer));
    const line = (from, to) => put(stroke(sheet(), from, to, model.get("radius")));
    const inside = (value) => Math.max(0, Math.min(DOTS - 1, value));

    const place = () => {
      const { x, y, side } = sheetBox(canvas.clientWidth);
      Object.assign(glass.style, { left: `${x}px`, top: `${y}px`, width: `${side}px`, height: `${side}px` });
    };
    canvas.addEventListener("course-drawn", place);

    let before;
    const spot = (event) => {
      const box = glass.getBoundingClientRect();
      return [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width]
        .map((part) => inside(Math.floor(part * DOTS)));
    };
    const follow = (event) => {
      const here = spot(event);
      line(before ?? here, here);
      model.set("pen", [...here, 0]);
      before = here;
    };
    followPointer(glass, {
      take(event) {
        before = null;
        follow(event);
      },
      move: follow,
      drop: () => model.save_changes(),
    });

    // Keys. JupyterLab would take them for its own.
    glass.addEventListener("keydown", (event) => {
      if (event.key !== "Tab") event.stopPropagation();
      const [row, column, lowered] = model.get("pen"), step = KEYS[event.key];
      if (!step && event.key !== " ") return;
      event.preventDefault();
      const there = step ? [inside(row + FINE * step[0]), inside(column + FINE * step[1])] : [row, column];
      const draws = step ? lowered : 1 - lowered;
      if (draws) line([row, column], there);
      model.set("pen", [...there, draws]);
      model.save_changes();
      const [pixelRow, pixelColumn] = there.map((dot) => Math.floor(dot / FINE));
      status.textContent = `Pen ${draws ? "down" : "up"}, row ${pixelRow}, column ${pixelColumn}.`;
    });
    tools.addEventListener("keydown", (event) => event.key !== "Tab" && event.stopPropagation());
    const use = (drawing) => {
      put(Uint8Array.from(drawing));
      model.save_changes();
    };
    clear.addEventListener("click", () => use(new Uint8Array(DOTS * DOTS)));
    again.addEventListener("click", () => use(readNumbers(model).example));
    return () => [glass, tools].forEach((node) => node.remove());
  },
};
