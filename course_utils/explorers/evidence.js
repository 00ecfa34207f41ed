const WIDE = 540, ROOMY = 690;
const SIDE = 28; // of a picture
const GAP = 12, TOP = 42; // between pictures, and above them for two lines of words
const STEP = 22; // from bar to bar

// What a picture adds to a blank one's logit of a class.
function forClass(k, seen, blank, nClasses) {
  const own = ({ evidence }) => Array.from(evidence).filter((_, i) => i % nClasses === k);
  const bias = blank.biases[k];
  return { k, added: addedBy(seen, blank, k), blank: logit(own(blank), bias), logit: logit(own(seen), bias) };
}

function calculate(numbers) {
  const { pixels, image, layers, weights, class_names: names, side, row, column, grey } = numbers;
  const own = pixels.slice(image * SIDE * SIDE, (image + 1) * SIDE * SIDE);
  const picture = cover(own, row, column, side, grey), floats = asFloats(weights);
  const seen = reading(layers, floats, picture), whole = side ? reading(layers, floats, own) : seen;
  const blank = reading(layers, floats, new Uint8Array(SIDE * SIDE));
  const [first, second] = [numbers.first_index, numbers.second_index]
    .map((k) => forClass(k, seen, blank, names.length));
  const state = { own, picture, before: whole.probabilities, after: seen.probabilities, first, second };
  return numbers.occlusion ? { ...state, occluded: occludedBy(numbers, logitsOf(whole)) } : state;
}

// What a square at each position makes of the logits, as far as it has got.
function occludedBy({ found = [], side, first_index, second_index }, whole) {
  const across = side && SIDE + 1 - side, answer = argmax(whole);
  return {
    across, n: across * across, done: found.length,
    others: found.filter((logits) => argmax(logits) !== answer).length,
    whole, falls: [first_index, second_index].map((k) => found.map((logits) => whole[k] - logits[k])),
  };
}

const read = (numbers) => remembered(numbers, calculate);

// Where the three pictures are, and where the bars begin: a phone has the maps below the picture, and
// the widest page has the bars beside them.
function places(width) {
  const wide = width >= WIDE, y = TOP;
  const side = width >= ROOMY ? 164 : Math.min(196, wide ? (width - 8 - 2 * GAP) / 3 : width - 8);
  const small = wide ? side : Math.min(196, (width - 8 - GAP) / 2);
  const below = wide ? y : y + side + 20 + TOP;
  const left = wide ? 4 + side + GAP : 4;
  return {
    picture: { x: 4, y, side },
    maps: [left, left + small + GAP].map((x) => ({ x, y: below, side: small })),
    bars: width >= ROOMY ? [4 + 3 * (side + GAP), TOP] : [4, below + small + 112],
    columns: wide && width < ROOMY ? 2 : 1,
  };
}

function heading({ colours, write }, { x, y }, above, words) {
  write(above, x, y - 28, { colour: colours.text, size: 12 });
  write(words, x, y - 10, { colour: colours.text, weight: 600 });
}

function drawPicture(stage, place, { picture }, { image, side, row, column }) {
  const { g, colours } = stage, pixel = place.side / SIDE;
  heading(stage, place, `picture ${image}`, side ? "drag the square" : "nothing is covered");
  paintGrey(g, picture, [SIDE, SIDE], [place.x, place.y], pixel, 255);
  const [height, width] = [row, column].map((start) => Math.min(side, SIDE - start));
  if (!side) return;
  for (const [colour, thick] of [["#ffffff", 5], [LIGHT.second, 2.5]]) {
    g.strokeStyle = colour;
    g.lineWidth = thick;
    g.strokeRect(place.x + column * pixel, place.y + row * pixel, width * pixel, height * pixel);
  }
}

function drawMap(stage, { x, y, side }, { picture }, one, strongest, names) {
  const { colours, write } = stage;
  heading(stage, { x, y }, "evidence for", names[one.k]);
  drawEvidence(stage, picture, [x, y, side], one.added, strongest);
  const look = { colour: colours.text, size: 12 };
  [["blank picture", one.blank], ["all cells add", one.logit - one.blank], ["logit", one.logit]].forEach(([words, value], i) => {
    const weight = i === 2 ? 700 : 400;
    write(words, x, y + side + 14 + 17 * i, { ...look, weight });
    write(decimals(value, 2), x + Math.min(side, 132), y + side + 14 + 17 * i, { ...look, weight, align: "right" });
  });
}

// By how much the square lowers the logit of a class, drawn where its middle is at each position.
function drawFalls(stage, { x, y, side }, { own, occluded }, falls, k, strongest, numbers) {
  const { colours, write } = stage, pixel = side / SIDE, look = { colour: colours.text, size: 12 };
  heading(stage, { x, y }, "square lowers", numbers.class_names[k]);
  paintGrey(stage.g, own, [SIDE, SIDE], [x, y], pixel, 3 * 255);
  const first = ((numbers.side - 1) / 2) * pixel;
  drawSquares(stage, falls, occluded.across, [x + first, y + first], pixel, strongest);
  const lines = [["positions", thousands(occluded.done)], ["without it", decimals(occluded.whole[k], 2)],
    ["falls most", falls.length ? decimals(Math.max(...falls), 2) : "–"]];
  lines.forEach(([words, value], i) => {
    const weight = i === 2 ? 700 : 400;
    write(words, x, y + side + 14 + 17 * i, { ...look, weight });
    write(value, x + Math.min(side, 132), y + side + 14 + 17 * i, { ...look, weight, align: "right" });
  });
}

// The confidences, with a line where each was without the square.
function drawConfidences({ g, colours, write, width }, { bars: [x, y], columns }, { before, after }, names, covered) {
  const look = { colour: colours.text, size: 12 }, best = argmax(after), each = Math.ceil(names.length / columns);
  write("confidence", x, y - 28, look);
  if (covered) write("line: without the square", x, y - 10, look);
  const forNames = 12 + Math.max(...names.map((name) => name.length)) * 6.6;
  const room = (width - x - 4) / columns, longest = room - forNames - 54;
  names.forEach((name, k) => {
    const left = x + Math.floor(k / each) * room + forNames, middle = y + ((k % each) + 0.5) * STEP;
    const weight = k === best ? 700 : 400;
    write(name, left - 8, middle, { ...look, align: "right", weight });
    g.fillStyle = colours.grid;
    g.fillRect(left, middle - 7, 1, 14);
    g.fillStyle = colours.first;
    g.fillRect(left, middle - 6, after[k] * longest, 12);
    if (covered) {
      g.fillStyle = colours.second;
      g.fillRect(left + before[k] * longest - 1, middle - 9, 2, 18);
    }
    const end = left + Math.max(after[k], covered ? before[k] : 0) * longest;
    write(`${percentOf(after[k])} %`, end + 6, middle, { ...look, weight });
  });
}

// A pointer reads by how much a logit falls, sees the square that lowers it, and can put it there.
function readFalls([x, y, wide], { across, n, done }, falls, side, picture) {
  if (!n || done < n) return [];
  const pixel = wide / SIDE, first = ((side - 1) / 2) * pixel, own = picture.side / SIDE;
  const cells = cellsAt(x + first, y + first, [across, across], pixel);
  return [{
    over: cells.box,
    to(px, py) {
      const [row, column] = cells.of(px, py);
      return { row, column };
    },
    words(px, py) {
      const [row, column] = cells.of(px, py), fall = falls[row * across + column];
      return `rows ${row} to ${row + side - 1}, columns ${column} to ${column + side - 1}: `
        + `${fall < 0 ? "rises" : "falls"} by ${decimals(Math.abs(fall), 2)}`;
    },
    marks(px, py) {
      const [row, column] = cells.of(px, py);
      return [[picture.x + column * own, picture.y + row * own, side * own, side * own]];
    },
  }];
}

function occludedInWords({ across, n, done, others, whole, falls }, first, second, { side, class_names }) {
  if (!side) return ["There is no square to move over the picture."];
  if (done < n) return [`So far the square has been at ${done} of ${n} positions.`];
  const words = [`With the square at each of ${n} positions, the answer changes at ${others}.`];
  [first, second].slice(first === second ? 1 : 0).forEach((k, i) => {
    const own = falls[i], most = own.indexOf(Math.max(...own)), name = class_names[k];
    const [rows, columns] = [Math.floor(most / across), most % across].map((start) => `${start} to ${start + side - 1}`);
    words.push(own[most] <= 0 ? `The logit of ${name} falls nowhere.`
      : `The logit of ${name}, ${decimals(whole[k], 2)} without it, falls most with the square over rows ${rows} `
        + `and columns ${columns}, by ${decimals(own[most], 2)}.`);
  });
  return words;
}

const scene = {
  slow: {
    key: ({ occlusion, image, side, grey }) => (occlusion && side ? `${image} ${side} ${grey}` : ""),

    *found({ pixels, image, layers, weights, side, grey }) {
      const own = pixels.slice(image * SIDE * SIDE, (image + 1) * SIDE * SIDE), floats = asFloats(weights);
      const across = SIDE + 1 - side, logits = [];
      for (let i = 0; i < across * across; i++) {
        logits.push(logitsUnder(layers, floats, own, Math.floor(i / across), i % across, side, grey));
        yield logits;
      }
    },
  },

  height(width) {
    const { bars: [, y], columns } = places(width);
    return y + (10 / columns) * STEP + (width >= ROOMY ? 42 : 6);
  },

  draw(stage, numbers) {
    const state = read(numbers), { picture, maps, ...rest } = places(stage.width), { class_names: names } = numbers;
    const { first, second, occluded } = state;
    drawPicture(stage, picture, state, numbers);
    const shown = occluded ? occluded.falls : [first.added, second.added];
    const strongest = Math.max(...shown.flat().map(Math.abs), 0) || 1;
    [first, second].forEach((one, i) => {
      if (occluded) drawFalls(stage, maps[i], state, shown[i], one.k, strongest, numbers);
      else drawMap(stage, maps[i], state, one, strongest, names);
    });
    stage.write(occluded ? "filled: the logit falls, hollow: it rises" : "filled: for the class, hollow: against it",
      maps[0].x, maps[0].y + maps[0].side + 66, { colour: stage.colours.text, size: 12 });
    drawConfidences(stage, rest, state, names, numbers.side > 0);
  },

  sentence(numbers) {
    const { image, side, row, column, grey, class_names: names } = numbers;
    const { before, after, first, second, occluded } = read(numbers);
    const answer = (probabilities) => `${names[argmax(probabilities)]} with `
      + `${percentOf(probabilities[argmax(probabilities)])} % confidence`;
    const words = [`The network classifies picture ${image} as ${answer(before)}.`];
    if (side) {
      const [rows, columns] = [row, column].map((start) => `${start} to ${Math.min(start + side, SIDE) - 1}`);
      words.push(`With grey ${grey} over rows ${rows} and columns ${columns}, it answers ${answer(after)}.`);
    }
    if (occluded) return [...words, ...occludedInWords(occluded, first.k, second.k, numbers)].join(" ");
    for (const one of first.k === second.k ? [first] : [first, second]) {
      words.push(`The logit of ${names[one.k]} is ${decimals(one.blank, 2)} for a blank picture and `
        + `${decimals(one.logit, 2)} for what it sees here.`);
      const best = argmax(one.added), across = Math.sqrt(one.added.length);
      words.push(one.added[best] <= 0 ? "No cell adds to it."
        : `The cell in row ${Math.floor(best / across)} and column ${best % across} adds most, ${decimals(one.added[best], 2)}.`);
    }
    return words.join(" ");
  },

  grasps(width, numbers) {
    const { picture, maps } = places(width), pixel = picture.side / SIDE, { row, column, side } = numbers;
    const corner = [picture.x + column * pixel, picture.y + row * pixel], length = side * pixel;
    const inside = (place) => Math.max(0, Math.min(SIDE - side, place / pixel - side / 2));
    const { first, second, occluded } = read(numbers);
    const readings = [first, second].flatMap(({ added }, i) => {
      const { x, y, side: wide } = maps[i];
      return occluded ? readFalls([x, y, wide], occluded, occluded.falls[i], side, picture)
        : readEvidence([x, y, wide], added);
    });
    if (!side) return readings;
    return [{
      at: corner.map((edge) => edge + length / 2), handle: [...corner, length, length],
      over: [picture.x, picture.y, picture.side, picture.side],
      to: (x, y) => ({ row: inside(y - picture.y), column: inside(x - picture.x) }),
    }, ...readings];
  },
};
