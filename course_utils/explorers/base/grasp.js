// What mouse and finger can take hold of in a scene, or read there. Keys have the sliders, which hold
// the same traits and move along. A scene lists it, anew for each picture:
//
//   grasps: (width, numbers) => [{
//     at: [x, y],                    // where the handle is; without it, a press only chooses
//     handle: [x, y, width, height], // what can be dragged; if not given, a finger's width around `at`
//     over: [x, y, width, height],   // where a press counts, too: it brings the handle there
//     to: (x, y) => ({ row: 3 }),    // the traits once the handle is there; rounded to a slider's steps
//     words: (x, y) => "12",         // what is read there, or nothing
//     marks: (x, y) => [box, ...],   // what belongs to it elsewhere in the scene, to be framed
//   }]
//
// Each part but a place can be missing. What is held stays as it was when it was taken: `to` goes on
// to use the numbers of that picture, so that a scale which follows the drag does not run away.

const FINGER = 44; // pixels
const READ_MS = 3000; // a finger covers what it points at, so its words stay when it has gone

// The value of a slider with these ends and steps that is nearest.
function nearestStep(value, [least, most, step]) {
  const rounded = least + Math.round((value - least) / step) * step;
  return Number(Math.max(least, Math.min(most, rounded)).toFixed(6));
}

function around([x, y]) {
  return [x - FINGER / 2, y - FINGER / 2, FINGER, FINGER];
}

function setBox(node, [left, top, width, height]) {
  Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

// Cells in rows and columns: the box of all, that of one, its middle, and the one in which a place is.
function cellsAt(left, top, [rows, columns], wide, high = wide) {
  const inside = (index, count) => Math.max(0, Math.min(count - 1, Math.floor(index)));
  return {
    box: [left, top, columns * wide, rows * high],
    part: (row, column) => [left + column * wide, top + row * high, wide, high],
    middle: (row, column) => [left + (column + 0.5) * wide, top + (row + 0.5) * high],
    of: (x, y) => [inside((y - top) / high, rows), inside((x - left) / wide, columns)],
  };
}

// A chart: where values are in it, from `least` to `most` and `low` to `high`, and which are at a place.
function chartAt([left, top, right, bottom], [least, most], [low, high]) {
  const wide = (right - left) / (most - least), tall = (bottom - top) / (high - low);
  return {
    left, top, right, bottom, box: [left, top, right - left, bottom - top],
    x: (value) => left + (value - least) * wide, y: (value) => bottom - (value - low) * tall,
    across: (x) => least + (x - left) / wide, up: (y) => low + (bottom - y) / tall,
  };
}

// Calls back with each place at which a pointer holds a node, and at the end.
function followPointer(node, { take, move, drop }) {
  let held = false;
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    held = true;
    take(event);
  });
  node.addEventListener("pointermove", (event) => held && move(event));
  for (const end of ["pointerup", "pointercancel"]) {
    node.addEventListener(end, (event) => {
      if (held) drop(event);
      held = false;
    });
  }
}

// Lays sheets of glass over the canvas. Returns what puts them in their places after each drawing.
function layGlass({ model, el, canvas }) {
  const reading = document.createElement("div");
  reading.className = "course-reading";
  reading.hidden = true;
  el.append(reading);
  const panes = [], frames = [];

  const spot = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const set = (traits) => {
    const limits = model.get("_limits"), changes = {};
    for (const [name, value] of Object.entries(traits ?? {})) {
      const valid = nearestStep(value, limits[name]); // not a number if nothing leads there
      if (Number.isFinite(value) && valid !== model.get(name)) changes[name] = valid;
    }
    if (Object.keys(changes).length) model.set(changes); // at once, so that the scene is drawn once
  };

  let late;
  const mark = (boxes) => {
    while (frames.length < boxes.length) {
      frames.push(Object.assign(document.createElement("div"), { className: "course-mark" }));
      el.append(frames.at(-1));
    }
    frames.forEach((frame, i) => {
      frame.hidden = i >= boxes.length;
      if (!frame.hidden) setBox(frame, boxes[i]);
    });
  };
  const read = ({ words, marks } = {}, event) => { // what is held may have gone
    const [x, y] = spot(event), said = words?.(x, y);
    clearTimeout(late);
    mark(marks?.(x, y) ?? []);
    reading.hidden = !said;
    if (!said) return;
    reading.textContent = said;
    const half = reading.offsetWidth / 2, least = Math.min(half, canvas.clientWidth / 2);
    const middle = Math.max(least, Math.min(canvas.clientWidth - half, x));
    Object.assign(reading.style, { left: `${middle - half}px`, top: `${Math.max(0, y - reading.offsetHeight - 14)}px` });
  };
  const unread = (event) => {
    const hide = () => {
      reading.hidden = true;
      mark([]);
    };
    clearTimeout(late);
    if (event.pointerType === "touch") late = setTimeout(hide, READ_MS);
    else hide();
  };

  function makePane() {
    const glass = document.createElement("div"), handle = document.createElement("div");
    glass.className = "course-glass";
    handle.className = "course-handle";
    glass.append(handle);
    el.append(glass);
    const pane = { glass, handle };
    let taken; // the grasp as it was, how far beside its place it is held, and whether to wait
    const bring = (event) => {
      const [x, y] = spot(event), [right, down] = taken.beside;
      set(taken.grasp.to?.(x - right, y - down));
    };
    followPointer(glass, {
      take(event) {
        const { grasp } = pane, [x, y] = spot(event), holds = event.target === handle;
        // Beside the handle, a finger may be about to scroll the page: it counts when it is lifted.
        taken = { grasp, beside: holds ? [x - grasp.at[0], y - grasp.at[1]] : [0, 0], waits: !holds && event.pointerType === "touch" };
        if (!holds && !taken.waits) bring(event);
        read(pane.grasp, event);
      },
      move: (event) => taken.waits || bring(event),
      drop(event) {
        if (event.type === "pointerup" && taken.waits) bring(event);
        model.save_changes();
      },
    });
    glass.addEventListener("pointermove", (event) => read(pane.grasp, event));
    glass.addEventListener("pointerleave", unread);
    return pane;
  }

  const place = (grasps) => {
    while (panes.length < grasps.length) panes.push(makePane());
    panes.forEach((pane, i) => {
      const grasp = pane.grasp = grasps[i], { glass, handle } = pane;
      glass.hidden = !grasp;
      if (!grasp) return;
      const held = grasp.at && (grasp.handle ?? around(grasp.at)), over = grasp.over ?? held;
      handle.hidden = !held;
      glass.classList.toggle("course-chooses", Boolean(grasp.to && grasp.over));
      setBox(glass, over);
      if (held) setBox(handle, [held[0] - over[0], held[1] - over[1], held[2], held[3]]);
    });
  };
  const clear = () => [reading, ...frames, ...panes.map(({ glass }) => glass)].forEach((node) => node.remove());
  return { place, clear };
}
