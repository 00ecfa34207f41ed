const WIDE = 540;
const SIDE = 28; // of a picture
const WHEEL = 224; // across, with the numbers of the classes around it
const RING = [70, 92], NUMBERS = 103; // where the ring begins and ends, and where the numbers are
const PICTURE = 92; // along a side, inside the ring
const SATURATION = 0.75, N_CLASSES = 10, STEP = 22;
const HEADINGS = ["fixed colours", "turned hues"];

// Red, green and blue, 0.25 to 1, of a hue in degrees.
export function colourOf(hue) {
  return [5, 3, 1].map((start) => {
    const place = (start + hue / 60) % 6;
    return 1 - SATURATION * Math.max(0, Math.min(place, 4 - place, 1));
  });
}

export function classHues() {
  return Array.from({ length: N_CLASSES }, (_, k) => (360 / N_CLASSES) * k);
}

// The class whose hue in training is nearest on the circle; of two, the first.
export function classOfHue(hue) {
  const apart = classHues().map((own) => Math.min(Math.abs(hue - own), 360 - Math.abs(hue - own)));
  return apart.indexOf(Math.min(...apart));
}

// Three numbers for each grey value: from 0 to 255.
export function recoloured(grey, hue) {
  const colour = colourOf(hue);
  return Float64Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)] * colour[i % 3]);
}

function calculate({ pixels, image, hue, layers, fixed, turned }) {
  const grey = pixels.slice(image * SIDE * SIDE, (image + 1) * SIDE * SIDE);
  const picture = recoloured(grey, hue);
  const answers = [fixed, turned].map((weights) => layerOutputs(layers, asFloats(weights), picture).at(-1).values);
  return { picture, answers };
}

const read = (numbers) => remembered(numbers, calculate);

const inCss = (colour) => `rgb(${colour.map((part) => Math.round(part * 255)).join(",")})`;

// A hue's direction: 0 degrees is at the top, and they go round with the clock.
const direction = (hue) => ((hue - 90) * Math.PI) / 180;

const centreOf = (width) => ({ x: width >= WIDE ? 4 + WHEEL / 2 : width / 2, y: WHEEL / 2 });

function paintColour(g, values, [x, y], side) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = SIDE;
  const pen = sheet.getContext("2d"), image = pen.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = values[3 * i + k];
    image.data[4 * i + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(sheet, x, y, side, side);
}

function drawWheel({ g, colours, write, width }, { picture }, { hue }) {
  const { x, y } = centreOf(width), [inner, outer] = RING, near = classOfHue(hue);
  g.lineWidth = outer - inner;
  for (let at = 0; at < 360; at += 3) {
    g.strokeStyle = inCss(colourOf(at));
    g.beginPath();
    g.arc(x, y, (inner + outer) / 2, direction(at - 1.5), direction(at + 2));
    g.stroke();
  }
  classHues().forEach((own, k) => {
    const angle = direction(own);
    write(String(k), x + NUMBERS * Math.cos(angle), y + NUMBERS * Math.sin(angle),
      { colour: colours.text, align: "center", size: 12, weight: k === near ? 700 : 400 });
  });
  paintColour(g, picture, [x - PICTURE / 2, y - PICTURE / 2], PICTURE);
  const angle = direction(hue), middle = (inner + outer) / 2;
  g.beginPath();
  g.arc(x + middle * Math.cos(angle), y + middle * Math.sin(angle), 10, 0, 2 * Math.PI);
  g.fillStyle = "#ffffff";
  g.fill();
  g.lineWidth = 3;
  g.strokeStyle = "#212121";
  g.stroke();
}

// A column of bars for each network, side by side; before the names the classes' colours.
function drawAnswers({ g, colours, write, width }, { answers }, { class_names: names, hue }) {
  const wide = width >= WIDE, x = wide ? WHEEL + 12 : 4, top = wide ? 4 : WHEEL + 8;
  const look = { colour: colours.text, size: 12 }, near = classOfHue(hue);
  const forNames = 38 + Math.max(...names.map((name) => name.length)) * 6.2;
  const column = (width - x - forNames) / 2, longest = column - 56;
  const best = answers.map(argmax);
  names.forEach((name, k) => {
    const middle = top + 44 + (k + 0.5) * STEP, weight = k === near ? 700 : 400;
    g.fillStyle = inCss(colourOf(classHues()[k]));
    g.fillRect(x, middle - 7, 14, 14);
    write(String(k), x + 20, middle, { ...look, weight });
    write(name, x + 31, middle, { ...look, weight });
  });
  answers.forEach((answer, i) => {
    const left = x + forNames + i * column;
    write(HEADINGS[i], left, top + 6, look);
    write(names[best[i]], left, top + 26, { ...look, size: column < 110 ? 12 : 14, weight: 700 });
    drawBars({ g, colours, write }, answer, [left, top + 44], STEP, longest, [colours.first, colours.second][i]);
  });
}

const scene = {
  height: (width) => (width >= WIDE ? 0 : WHEEL + 8) + 54 + N_CLASSES * STEP,

  draw(stage, numbers) {
    const state = read(numbers);
    drawWheel(stage, state, numbers);
    drawAnswers(stage, state, numbers);
  },

  sentence(numbers) {
    const { image, hue, labels, class_names: names } = numbers;
    const [fixed, turned] = read(numbers).answers.map((answer) => {
      const best = argmax(answer);
      return `${names[best]} with ${percentOf(answer[best])} % confidence`;
    });
    return `Picture ${image} is of the class ${names[labels[image]]}. Its hue is ${hue} degrees, and nearest to `
      + `it in training was the hue of ${names[classOfHue(hue)]}. The network of fixed colours answers ${fixed}, `
      + `and the network of turned hues ${turned}.`;
  },

  grasps(width, { hue }) {
    const { x, y } = centreOf(width), [inner, outer] = RING, middle = (inner + outer) / 2;
    return [{
      at: [x + middle * Math.cos(direction(hue)), y + middle * Math.sin(direction(hue))],
      over: [x - outer, y - outer, 2 * outer, 2 * outer],
      to: (right, down) => ({ hue: (Math.round((Math.atan2(down - y, right - x) * 180) / Math.PI + 90) + 360) % 360 }),
    }];
  },
};
