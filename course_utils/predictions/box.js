// A predict box: native radio buttons and a native range, since a form needs no drawing. Both must
// keep their keys from JupyterLab, which would take the arrows for moving between cells.
//
// A prediction is locked, and explained, only once it is kept. In a notebook Python keeps it in the
// learner's file. On the course's site there is no Python, so the page carries what the box needs
// (`page`: the key of the question, and of each option its id, whether it is right, and the words
// that explain it), and this browser keeps the prediction, in the form of the learner's file.

const SHELF = "course.predictions"; // the site's review reads it, too
const PATIENCE = 3000; // milliseconds, until a box says that Python has not answered

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function readShelf() {
  try {
    return JSON.parse(localStorage.getItem(SHELF)) ?? {};
  } catch {
    return {}; // nothing is kept, or nothing may be
  }
}

function close(model, status) {
  const words = model.get("page").options[model.get("choice")].words;
  model.set({ locked: true, status, words: words.replace("{sure}", model.get("confidence")) });
}

// Returns where it is kept, in words.
function keepInBrowser(model) {
  const { key, options } = model.get("page");
  const choice = model.get("choice");
  const entry = {
    question: model.get("question"),
    option: options[choice].id,
    choice: model.get("options")[choice],
    right: options[choice].right,
    confidence: model.get("confidence"),
  };
  try {
    localStorage.setItem(SHELF, JSON.stringify({ ...readShelf(), [key]: entry }));
  } catch {
    return "Your answer stands until you leave this page, because this browser keeps nothing for it.";
  }
  dispatchEvent(new CustomEvent("course-predicted"));
  return "Locked in and kept in this browser.";
}

function initialize({ model }) {
  const page = model.get("page");
  if (!page) return;
  const earlier = readShelf()[page.key];
  const choice = page.options.findIndex((option) => option.id === earlier?.option);
  if (choice < 0) return; // a question that no longer has the option is asked again
  model.set({ choice, confidence: earlier.confidence });
  close(model, "You locked this in earlier, and it is kept in this browser.");
}

function render({ model, el }) {
  const group = `predict-${crypto.randomUUID?.() ?? Math.random()}`; // without https there is none
  const form = make("form", { className: "course-predict" });
  const radios = model.get("options").map((option, index) => {
    const radio = make("input", { type: "radio", name: group, value: String(index) });
    radio.addEventListener("change", () => save({ choice: index }));
    return radio;
  });
  const labels = radios.map((radio, i) => make("label", {}, radio, ` ${model.get("options")[i]}`));
  const question = make("legend", {}, `Predict: ${model.get("question")}`);
  const sure = make("input", { type: "range", min: 0, max: 100, step: 10 });
  const percent = make("output");
  const lock = make("button", { type: "submit" }, "Lock in my prediction");
  const status = make("p", { tabIndex: -1 });
  status.setAttribute("role", "status");
  let waiting = 0; // the timer, while Python has not answered

  sure.addEventListener("input", () => save({ confidence: Number(sure.value) }));
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (model.get("locked") || waiting) return;
    if (model.get("choice") < 0) {
      status.textContent = "Choose an answer first. A guess is fine, if you set the slider to a low value.";
    } else if (model.get("page")) {
      close(model, keepInBrowser(model));
    } else {
      askPython();
    }
  });

  function askPython() {
    waiting = setTimeout(giveUp, PATIENCE);
    show();
    status.textContent = "Keeping it …";
    try {
      model.send({ choice: model.get("choice"), confidence: model.get("confidence") });
    } catch {
      giveUp(); // the way to a kernel that has ended is closed
    }
  }

  function giveUp() {
    clearTimeout(waiting);
    waiting = 0;
    show();
    if (!model.get("locked")) {
      status.textContent = "Not kept yet. If Python is still busy with another cell, wait for it. "
        + "Otherwise run this box's cell again, and then lock in.";
    }
  }

  function save(changes) {
    model.set(changes);
    model.save_changes();
  }

  function show() {
    const locked = model.get("locked");
    if (locked) {
      clearTimeout(waiting);
      waiting = 0;
    }
    radios.forEach((radio, index) => {
      radio.checked = index === model.get("choice");
      radio.disabled = locked || waiting > 0;
    });
    labels.forEach((label, i) => label.classList.toggle("chosen", i === model.get("choice")));
    sure.value = model.get("confidence");
    sure.disabled = locked || waiting > 0;
    lock.setAttribute("aria-disabled", waiting > 0); // a button that is disabled loses the focus
    percent.textContent = `${model.get("confidence")} %`;
    status.textContent = model.get("status");
    if (locked && !lock.hidden) {
      const focused = form.contains(document.activeElement);
      lock.hidden = true;
      if (focused) status.focus(); // which would be lost with the button
    }
  }

  form.append(
    make("fieldset", {}, question, ...labels),
    make("label", { className: "sure" }, "How sure are you? ", sure, " ", percent),
    lock, status,
  );
  el.append(form);
  const events = ["choice", "confidence", "locked", "status"].map((name) => `change:${name}`);
  events.forEach((event) => model.on(event, show));
  show();
  return () => {
    clearTimeout(waiting);
    events.forEach((event) => model.off(event, show));
  };
}

export default { initialize, render };
