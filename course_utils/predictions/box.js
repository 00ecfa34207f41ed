// A predict box: native radio buttons and a native range, since a form needs no drawing. Both must
// keep their keys from JupyterLab, which would take the arrows for moving between cells.

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const group = `predict-${crypto.randomUUID()}`;
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
  const status = make("p");
  status.setAttribute("role", "status");

  sure.addEventListener("input", () => save({ confidence: Number(sure.value) }));
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (model.get("choice") < 0) {
      status.textContent = "Choose an answer first. A guess is fine, if you set the slider to a low value.";
    } else {
      save({ locked: true, status: "Locked in." });
    }
  });

  function save(changes) {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  }

  function show() {
    const locked = model.get("locked");
    radios.forEach((radio, index) => {
      radio.checked = index === model.get("choice");
      radio.disabled = locked;
    });
    labels.forEach((label, i) => label.classList.toggle("chosen", i === model.get("choice")));
    sure.value = model.get("confidence");
    sure.disabled = lock.disabled = locked;
    percent.textContent = `${model.get("confidence")} %`;
    status.textContent = model.get("status");
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
  return () => events.forEach((event) => model.off(event, show));
}

export default { render };
