// The page of `course try`. A picture goes to the server, which makes it ready and asks the network.

const MOST_CLASSES = 10; // in the table
const READY = ["frame", "crop", "invert"]; // how a picture is made ready
const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 10; // of the pen, in pixels of the sheet
const FOR = "#56b4e9", AGAINST = "#f0a35e"; // as in the explorers

const at = (id) => document.getElementById(id);
const token = new URLSearchParams(location.search).get("token") ?? "";
const sheet = at("sheet"), g = sheet.getContext("2d");

let network = null;
let given = null; // { body, drawn }: the picture that is being tried
let latest = 0; // an answer that comes after a newer question is dropped
let chosen = ""; // the class whose evidence is shown, by its number; "" is the answer's
let pen = [sheet.width / 2, sheet.height / 2], lowered = false, blank = true;

function fail(words) {
  at("error").textContent = words;
  at("error").hidden = !words;
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { Authorization: `token ${token}` } });
  } catch {
    throw new Error("The server does not answer. Is `course try` still running?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function start() {
  network = await ask("network");
  at("name").textContent = network.name;
  document.title = `Try ${network.name}`;
  at("about").textContent = `${network.parameters.toLocaleString("en")} parameters. It takes ${network.input}.`;
  at("frame").checked = network.frame;
  at("crop").checked = network.crop;
  at("invert").checked = network.invert;
  at("frame").closest("label").hidden = !network.grey;
  offerCutting();
  at("because").hidden = network.no_evidence !== "";
  at("evidence").textContent = network.no_evidence;
  network.class_names.forEach((name, k) => at("class").append(new Option(name, k)));
  if (network.class_names.length > MOST_CLASSES) {
    at("ranking").textContent = `Confidence in the ${MOST_CLASSES} most probable classes`;
  }
  clear();
  placeMark();
}

// What is framed has been cropped to its ink already.
function offerCutting() {
  at("crop").disabled = at("frame").checked;
}

const percent = (probability) => {
  const share = 100 * probability;
  if (share > 99.9 && share < 100) return "over 99.9 %";
  return share > 0 && share < 0.1 ? "under 0.1 %" : `${share.toFixed(1)} %`;
};

async function tryIt() {
  if (!given || !network) return;
  const question = ++latest;
  const how = new URLSearchParams({ class: chosen });
  if (given.drawn) how.set("drawn", "1");
  for (const id of READY) if (at(id).checked) how.set(id, "1");
  try {
    const answer = await ask(`answer?${how}`, { method: "POST", body: given.body });
    if (question !== latest) return;
    fail("");
    show(answer);
  } catch (error) {
    if (question !== latest) return;
    fail(error.message);
    at("result").hidden = true;
    at("answer").textContent = "No answer.";
    at("warning").textContent = "";
  }
}

function show({ picture, probabilities, best, warning, class: shown, evidence }) {
  const names = network.class_names;
  at("answer").textContent = `${names[best]}, with a confidence of ${percent(probabilities[best])}.`;
  at("warning").textContent = warning;
  at("seen").src = picture;
  at("class").value = shown;
  const order = names.map((_, k) => k);
  if (names.length > MOST_CLASSES) order.sort((a, b) => probabilities[b] - probabilities[a]);
  at("classes").replaceChildren(
    ...order.slice(0, MOST_CLASSES).map((k) => row(names[k], probabilities[k], k === best)));
  if (evidence) showEvidence(picture, evidence, names[shown]);
  at("result").hidden = false;
}

function row(name, probability, best) {
  const line = document.createElement("tr");
  line.className = best ? "best" : "";
  const heading = document.createElement("th"), number = document.createElement("td"), bar = document.createElement("td");
  heading.scope = "row";
  heading.textContent = name;
  number.className = "number";
  number.textContent = percent(probability);
  bar.className = "bar";
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  drawing.setAttribute("aria-hidden", "true");
  box.setAttribute("width", `${100 * probability}%`);
  box.setAttribute("height", "14");
  drawing.append(box);
  bar.append(drawing);
  line.append(heading, number, bar);
  return line;
}

// A square in each cell: filled where it speaks for the class, hollow where against.
function showEvidence(picture, evidence, name) {
  const canvas = at("map"), pencil = canvas.getContext("2d"), image = new Image();
  const rows = evidence.length, columns = evidence[0].length;
  const strongest = Math.max(...evidence.flat().map(Math.abs)) || 1;
  image.onload = () => {
    const scale = 448 / Math.max(image.width, image.height);
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    pencil.imageSmoothingEnabled = false;
    pencil.drawImage(image, 0, 0, canvas.width, canvas.height);
    pencil.fillStyle = "rgba(0, 0, 0, 0.6)"; // so that the squares stand out
    pencil.fillRect(0, 0, canvas.width, canvas.height);
    pencil.lineWidth = 3;
    const wide = canvas.width / columns, high = canvas.height / rows;
    evidence.forEach((line, i) => line.forEach((value, j) => {
      const side = 0.85 * Math.min(wide, high) * Math.sqrt(Math.abs(value) / strongest);
      const place = [(j + 0.5) * wide - side / 2, (i + 0.5) * high - side / 2, side, side];
      pencil.fillStyle = FOR;
      pencil.strokeStyle = AGAINST;
      if (value > 0) pencil.fillRect(...place);
      else pencil.strokeRect(...place);
    }));
  };
  image.src = picture;
  const all = evidence.flat(), sum = all.reduce((a, b) => a + b, 0), most = all.indexOf(Math.max(...all));
  const where = `row ${Math.floor(most / columns) + 1}, column ${(most % columns) + 1} of ${rows} × ${columns} cells`;
  const words = all[most] > 0
    ? `Compared with a black picture, this one adds ${sum.toFixed(1).replace("-", "−")} to the logit of ${name}; most of it in ${where}.`
    : `Compared with a black picture, no cell of this one speaks for ${name}.`;
  at("evidence").textContent = `${words} Filled squares speak for it, hollow ones against it.`;
  canvas.setAttribute("aria-label", words);
}

// A photo: chosen, dropped or pasted.
function take(file) {
  if (!file) return;
  given = { body: file, drawn: false };
  URL.revokeObjectURL(at("yours").src);
  at("yours").src = URL.createObjectURL(file);
  at("yours").hidden = false;
  chosen = "";
  tryIt();
}

const firstFile = (transfer) => [...(transfer?.files ?? [])][0];
at("yours").addEventListener("error", () => { at("yours").hidden = true; }); // a format that only the server reads
at("file").addEventListener("change", () => take(at("file").files[0]));
addEventListener("paste", (event) => take(firstFile(event.clipboardData)));
addEventListener("dragover", (event) => {
  event.preventDefault();
  at("drop").className = "over";
});
addEventListener("dragleave", () => { at("drop").className = ""; });
addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").className = "";
  take(firstFile(event.dataTransfer));
});

// The sheet: bright on black for grey networks, as in MNIST; dark on white for colour.
const colours = () => (network?.grey ?? true ? ["#000000", "#ffffff"] : ["#ffffff", "#202020"]);

function clear() {
  [g.fillStyle] = colours();
  g.fillRect(0, 0, sheet.width, sheet.height);
  blank = true;
}

function line(from, to) {
  g.strokeStyle = colours()[1];
  g.lineWidth = Number(at("thick").value);
  g.lineCap = g.lineJoin = "round";
  g.beginPath();
  g.moveTo(...from);
  g.lineTo(to[0], to[1] + 0.01); // a dot has a length, too
  g.stroke();
  blank = false;
}

// Where the pen is, for those who draw with keys.
function placeMark() {
  const width = Number(at("thick").value);
  Object.assign(at("mark").style, {
    left: `${pen[0]}px`, top: `${pen[1]}px`, width: `${width}px`, height: `${width}px`,
  });
  at("mark").className = lowered ? "lowered" : "";
}

function tryDrawing() {
  if (blank) return;
  sheet.toBlob((body) => {
    if (!given?.drawn) chosen = "";
    given = { body, drawn: true };
    at("yours").hidden = true;
    at("file").value = "";
    tryIt();
  });
}

let before = null;
const spot = (event) => {
  const box = sheet.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width * sheet.width, (event.clientY - box.top) / box.height * sheet.height];
};
sheet.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  sheet.setPointerCapture(event.pointerId);
  before = spot(event);
  line(before, before);
});
sheet.addEventListener("pointermove", (event) => {
  if (!before) return;
  const here = spot(event);
  line(before, here);
  before = here;
});
for (const end of ["pointerup", "pointercancel"]) {
  sheet.addEventListener(end, () => {
    if (before) tryDrawing();
    before = null;
  });
}
sheet.addEventListener("keydown", (event) => {
  const step = KEYS[event.key];
  if (!step && event.key !== " ") return;
  event.preventDefault();
  const there = step ? pen.map((x, i) => Math.max(0, Math.min(sheet.width, x + STEP * step[i]))) : pen;
  if (!step) lowered = !lowered;
  if (lowered) line(pen, there);
  if (!step && !lowered) tryDrawing();
  pen = there;
  placeMark();
  at("pen").textContent = `Pen ${lowered ? "down" : "up"}, ${Math.round(pen[0])} from the left, ${Math.round(pen[1])} from the top.`;
});
at("clear").addEventListener("click", () => {
  clear();
  at("pen").textContent = "The sheet is empty.";
});

at("thick").addEventListener("input", placeMark);
for (const id of READY) {
  at(id).addEventListener("change", () => {
    offerCutting();
    tryIt();
  });
}
at("class").addEventListener("change", () => {
  chosen = at("class").value;
  tryIt();
});

start().catch((error) => fail(error.message));
