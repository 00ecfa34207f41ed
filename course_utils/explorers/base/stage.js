// What every explorer's scene shares. A scene file follows in the same module, exports
// its mathematics as pure functions, and defines
//
//   const scene = {
//     height: 240,                      // in CSS pixels, or a function of the width
//     draw(stage, numbers) {...},       // stage: {g, width, height, colours, write}
//     sentence(numbers) {...},          // what the picture shows, in words
//     grasps(width, numbers) {...},     // what a pointer can drag, choose or read: see grasp.js
//     attach({model, el, canvas}) {...}, // optional: adds controls of its own, returns their end
//     slow: {                           // optional: what takes too long for one picture
//       key(numbers) {...},             // a string that names what is wanted, or is empty
//       *found(numbers) {...},          // calculates it, and often yields what there is so far
//     },
//   };
//
// Slow work is done in slices with a picture after each, in which it is `numbers.found`. A change of
// the key drops it and begins anew; until it is done, the scene is marked with `aria-busy`.
//
// `numbers` holds the explorer's synced traits by name; bytes come as a Uint8Array. Scenes also
// share the pencils `strokeLine`, `fillShape`, `drawTable` and `gridLine`, and what numbers.js writes.

const LIGHT = {
  background: "#ffffff", text: "#212121", faint: "#767676", grid: "#d6d6d6",
  first: "#0072b2", second: "#c44f00", third: "#00795a",
};
const DARK = {
  background: "#111111", text: "#eeeeee", faint: "#9a9a9a", grid: "#3c3c3c",
  first: "#56b4e9", second: "#f0a35e", third: "#3ecf9f",
};
const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";
// A space between a number and its unit, at which no line may end.
const PARTING = /(?<=\d) (?=(?:%|pixels?)(?!\w))|(?<=\d) (?=× \d)|(?<=\d ×) (?=\d)/g;
const NARROWEST = 200; // a phone with the side bar open leaves less; then the picture is cut off
const WIDEST = 760;
const LINE = 22; // from row to row of a table
const SLICE_MS = 10; // of slow work before the next picture

function coloursOf() {
  const mark = document.body.dataset.jpThemeLight;
  const dark = mark === undefined ? document.documentElement.dataset.theme === "dark" : mark === "false";
  return dark ? DARK : LIGHT;
}

function readNumbers(model) {
  const numbers = {};
  for (const name of model.get("_numbers")) {
    const value = model.get(name);
    numbers[name] = value instanceof DataView
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  }
  return numbers;
}

// ipywidgets gives a slider's handle no accessible name, and a slider of names reports indices.
function nameControls(panel) {
  // A cell that is run again takes its panel off the page.
  for (const row of panel?.querySelectorAll(".widget-inline-hbox") ?? []) {
    const label = row.querySelector(".widget-label")?.textContent;
    const handle = row.querySelector(".noUi-handle");
    const readout = row.querySelector(".widget-readout");
    if (!label || !handle) continue;
    setAttributes(handle, { "aria-label": label, "aria-valuetext": readout?.textContent });
    if (readout) setAttributes(readout, { role: "textbox", "aria-label": `${label}, type a value` });
  }
}

// Writes only what differs, because an observer listens to what is written.
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

function makeWriter(g) {
  return (words, x, y, { size = 13, colour, align = "left", weight = 400, base = "middle" }) => {
    g.font = `${weight} ${size}px ${FONT}`;
    g.textAlign = align;
    g.textBaseline = base;
    g.fillStyle = colour;
    g.fillText(words, x, y);
  };
}

function trace(g, points) {
  g.beginPath();
  for (const [x, y] of points) g.lineTo(x, y);
}

function strokeLine(g, points, colour, thick) {
  g.strokeStyle = colour;
  g.lineWidth = thick;
  trace(g, points);
  g.stroke();
}

function fillShape(g, points, colour) {
  g.fillStyle = colour;
  trace(g, points);
  g.fill();
}

// Three rows of three numbers in words below a title, the one in the middle bold.
function drawTable({ write, colours }, words, x, y, cell, title) {
  const size = Math.min(12, cell / 3.6); // so that −1.38 in bold keeps away from its neighbour
  write(title, x + 1.5 * cell, y - 12, { size: 12, colour: colours.text, align: "center" });
  words.forEach((number, i) => {
    const [left, top] = cellsAt(x, y, [3, 3], cell, LINE).middle(Math.floor(i / 3), i % 3);
    write(number, left, top, { size, colour: colours.text, align: "center", weight: i === 4 ? 700 : 400 });
  });
}

// A line across a chart, with its value in front of it.
function gridLine({ g, colours, write }, left, right, y, words) {
  g.fillStyle = colours.grid;
  g.fillRect(left, y, right - left, 1);
  write(words, left - 6, y, { colour: colours.text, align: "right", size: 12 });
}

function render({ model, el }) {
  const canvas = document.createElement("canvas");
  const words = document.createElement("p");
  canvas.setAttribute("role", "img");
  words.setAttribute("aria-live", "polite");
  el.classList.add("course-scene");
  el.dataset.explorer = model.get("_name");
  el.append(canvas, words);

  const glass = layGlass({ model, el, canvas });

  let slow = { key: "" };
  const goOn = () => {
    const end = performance.now() + SLICE_MS;
    let step;
    do {
      step = slow.steps.next();
      if (!step.done) slow.found = step.value;
    } while (!step.done && performance.now() < end);
    slow.turn = step.done ? undefined : requestAnimationFrame(goOn);
    draw();
  };
  const follow = (numbers) => {
    const key = scene.slow?.key(numbers) ?? "";
    if (key !== slow.key) {
      cancelAnimationFrame(slow.turn);
      slow = { key };
      if (key) Object.assign(slow, { steps: scene.slow.found(numbers), turn: requestAnimationFrame(goOn) });
    }
    el.setAttribute("aria-busy", slow.turn !== undefined);
    numbers.found = slow.found;
  };

  let room = 0;
  const draw = () => {
    // JupyterLab hides the page while it changes its theme: the last width still holds.
    room = el.clientWidth || room;
    if (room === 0) return; // not laid out yet: the size observer calls again
    const width = Math.max(NARROWEST, Math.min(room, WIDEST));
    const numbers = readNumbers(model);
    follow(numbers);
    const height = typeof scene.height === "function" ? scene.height(width) : scene.height;
    const dots = window.devicePixelRatio || 1;
    canvas.width = width * dots;
    canvas.height = height * dots;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const g = canvas.getContext("2d");
    g.scale(dots, dots);
    const colours = coloursOf();
    g.fillStyle = colours.background;
    g.fillRect(0, 0, width, height);
    scene.draw({ g, width, height, colours, write: makeWriter(g) }, numbers);
    glass.place(scene.grasps?.(width, numbers) ?? []);
    const sentence = scene.sentence(numbers);
    const set = sentence.replace(PARTING, "\u00a0");
    if (words.textContent !== set) words.textContent = set;
    canvas.setAttribute("aria-label", sentence);
    canvas.dispatchEvent(new CustomEvent("course-drawn", { bubbles: true }));
  };

  const controls = new MutationObserver(() => nameControls(el.closest(".course-explorer")));
  const size = new ResizeObserver(() => {
    const panel = el.closest(".course-explorer");
    if (panel) {
      nameControls(panel);
      controls.observe(panel, {
        subtree: true, childList: true, characterData: true,
        attributeFilter: ["aria-valuetext"],
      });
    }
    draw();
  });
  const theme = new MutationObserver(draw);
  size.observe(el);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] }); // JupyterLab's
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] }); // the site's
  model.on("change", draw);
  const detach = scene.attach?.({ model, el, canvas });
  return () => {
    detach?.();
    cancelAnimationFrame(slow.turn);
    glass.clear();
    model.off("change", draw);
    [controls, size, theme].forEach((observer) => observer.disconnect());
  };
}

export default { render };
