const LAYERS = ["conv_1", "pool_1", "conv_2", "pool_2"];
const SIDE = 28; // of a picture
const WIDE = 540;

// Which pixels of the picture a position of the last of these layers depends on, along one axis.
export function receptiveField(kinds, position) {
  let first = position, last = position;
  for (const kind of [...kinds].reverse()) {
    if (kind === "convolution") [first, last] = [first - 1, last + 1];
    else [first, last] = [2 * first, 2 * last + 1];
  }
  return [Math.max(first, 0), Math.min(last, SIDE - 1)];
}

// One filter out of weights of the shape [3, 3, channels, filters]: a slice of nine for each channel.
export function filterOf(weights, [, , channels, filters], channel) {
  return Array.from({ length: channels }, (_, c) => Array.from({ length: 9 },
    (_, position) => weights[(position * channels + c) * filters + channel]));
}

function filterAmong(layers, weights, depth, channel) {
  let from = 0;
  for (const { shape } of layers.slice(0, depth)) {
    if (shape.length) from += shape.reduce((a, b) => a * b) + shape.at(-1);
  }
  return filterOf(weights.slice(from), layers[depth].shape, channel);
}

function calculate({ pixels, image: picture, layers, weights, layer_index, channel }) {
  const image = pixels.slice(picture * SIDE * SIDE, (picture + 1) * SIDE * SIDE);
  const numbers = asFloats(weights), outputs = layerOutputs(layers, numbers, image);
  const { shape: [height, width, count], values } = outputs[layer_index];
  const maps = Array.from({ length: count }, (_, k) => values.filter((_, i) => i % count === k));
  const shown = Math.min(channel, count - 1), best = argmax(maps[shown]);
  const row = Math.floor(best / width), column = best % width;
  const kinds = layers.slice(0, layer_index + 1).map(({ kind }) => kind);
  const pooled = layers[layer_index].kind === "pooling";
  return {
    image, maps, height, width, count, shown, row, column, pooled, answer: outputs.at(-1).values,
    highest: maps[shown][best], whole: Math.max(...values),
    rows: receptiveField(kinds, row), columns: receptiveField(kinds, column),
    kernel: pooled ? [] : filterAmong(layers, numbers, layer_index, shown),
  };
}

const read = (numbers) => remembered(numbers, calculate);

// A frame around pixels, to be seen on black and on white.
function frame({ g, colours }, x, y, width, height) {
  for (const [colour, thick] of [["#ffffff", 5], [colours.second, 2.5]]) {
    g.strokeStyle = colour;
    g.lineWidth = thick;
    g.strokeRect(x, y, width, height);
  }
}

function drawPicture(stage, x, y, side, { image, highest, rows, columns }, picture) {
  stage.write(`picture ${picture}`, x, y + 8, { colour: stage.colours.text, weight: 600 });
  paintGrey(stage.g, image, [SIDE, SIDE], [x, y + 20], side, 255);
  if (highest === 0) return;
  const [top, bottom] = rows, [left, right] = columns;
  frame(stage, x + left * side, y + 20 + top * side, (right - left + 1) * side, (bottom - top + 1) * side);
}

// Each weight is a square: the larger the stronger, empty if negative.
function drawFilter({ g, colours, write }, x, y, room, { kernel, shown, pooled }) {
  const look = { colour: colours.text, size: 12 };
  if (pooled) {
    ["No filter: it keeps", "the largest of", "each 2 × 2 values."].forEach((words, i) =>
      write(words, x, y + 8 + 17 * i, look));
    return;
  }
  write(`filter ${shown}: 3 × 3 × ${kernel.length}`, x, y + 8, { ...look, size: 13, weight: 600 });
  write("filled +, empty −", x, y + 26, look);
  const strongest = Math.max(...kernel.flat().map(Math.abs));
  const across = Math.min(kernel.length, 4), cell = Math.min(26, (room - 8 * across + 8) / (3 * across));
  kernel.forEach((slice, i) => slice.forEach((weight, position) => {
    const side = Math.sqrt(Math.abs(weight) / strongest) * (cell - 2);
    const left = x + (i % across) * (3 * cell + 8) + (position % 3) * cell + (cell - side) / 2;
    const top = y + 40 + Math.floor(i / across) * (3 * cell + 8) + Math.floor(position / 3) * cell + (cell - side) / 2;
    g.fillStyle = g.strokeStyle = weight > 0 ? colours.first : colours.second;
    g.lineWidth = 1.5;
    if (weight > 0) g.fillRect(left, top, side, side);
    else if (side > 2) g.strokeRect(left + 0.75, top + 0.75, side - 1.5, side - 1.5);
  }));
  for (let i = 0; i < kernel.length; i++) {
    g.strokeStyle = colours.faint;
    g.lineWidth = 1;
    g.strokeRect(x + (i % across) * (3 * cell + 8) - 1.5, y + 38.5 + Math.floor(i / across) * (3 * cell + 8), 3 * cell + 3, 3 * cell + 3);
  }
}

function drawMap(stage, [x, y, size], { maps, height, width, shown, highest, row, column }, name) {
  const side = size / width;
  stage.write(`${name}, map ${shown}`, x, y + 8, { colour: stage.colours.text, weight: 600 });
  paintGrey(stage.g, maps[shown], [height, width], [x, y + 20], side, highest);
  const words = `black 0, white ${decimals(highest, 2)}, its highest`;
  stage.write(words, x, y + size + 32, { colour: stage.colours.text, size: 12 });
  if (highest > 0) frame(stage, x + column * side, y + 20 + row * side, side, side);
}

// All maps of the layer, small, on one scale; the chosen one framed, its number bold.
const across = (width) => (width >= 420 && width < WIDE ? 8 : 4);
const small = (width) => (width >= WIDE ? 52 : (width - 8) / across(width) - 6);

// Where the large map is, and the small ones.
function places(width) {
  const wide = width >= WIDE, right = width - 4 * 58, tall = Math.min(252, width - 8);
  return wide ? { map: [168, 4, Math.min(224, right - 184)], maps: [right, 4] } : { map: [4, 158, tall], maps: [4, tall + 204] };
}

// The box of each small map.
function boxesOf(width, count) {
  const size = small(width), columns = across(width), [x, y] = places(width).maps;
  return Array.from({ length: count }, (_, k) => [x + (k % columns) * (size + 6), y + 36 + Math.floor(k / columns) * (size + 20), size, size]);
}

function drawMaps(stage, { maps, height, width, shown, whole }) {
  const [x, y] = places(stage.width).maps, boxes = boxesOf(stage.width, maps.length);
  stage.write(`all maps, white is ${decimals(whole, 2)}`, x, y + 8, { colour: stage.colours.text, size: 12 });
  maps.forEach((values, k) => {
    const [left, top, size] = boxes[k], chosen = k === shown;
    stage.write(String(k), left + size / 2, top - 8,
      { colour: stage.colours.text, size: 12, align: "center", weight: chosen ? 700 : 400 });
    paintGrey(stage.g, values, [height, width], [left, top], size / width, whole);
    if (chosen) frame(stage, left, top, size, size);
  });
}

const scene = {
  height: (width) => (width >= WIDE ? 322
    : Math.min(252, width - 8) + 228 + (16 / across(width)) * (small(width) + 20)),

  draw(stage, numbers) {
    const state = read(numbers), name = LAYERS[numbers.layer_index], { width } = stage;
    drawMap(stage, places(width).map, state, name);
    drawMaps(stage, state);
    if (width >= WIDE) {
      drawPicture(stage, 4, 4, 5, state, numbers.image);
      drawFilter(stage, 4, 180, 144, state);
    } else {
      drawPicture(stage, 4, 4, 4, state, numbers.image);
      drawFilter(stage, 132, 4, 124, state);
    }
  },

  sentence(numbers) {
    const { image: picture, layer_index: depth, channel, class_names, layers } = numbers;
    const state = read(numbers), { height, width, count, shown, answer, pooled } = state;
    const name = LAYERS[depth], size = `${count} maps of ${height} × ${width}`, best = argmax(answer);
    const made = pooled ? `${name} keeps the largest of each 2 × 2 values of ${LAYERS[depth - 1]}: ${size}.`
      : `${name} makes ${size}.`;
    const source = pooled ? "has no filter of its own"
      : `comes from a filter of 3 × 3 × ${layers[depth].shape[2]} weights`;
    const words = [`The network classifies picture ${picture} as ${class_names[best]} with `
      + `${percentOf(answer[best])} % confidence. ${made}`];
    if (shown !== channel) words.push(`This layer has no map ${channel}, so its last one is shown.`);
    if (state.highest === 0) {
      words.push(`Map ${shown} ${source}. It is 0 everywhere, because nothing was found.`);
      return words.join(" ");
    }
    const zeros = state.maps[shown].filter((value) => value === 0).length / (height * width);
    const [top, bottom] = state.rows, [left, right] = state.columns;
    words.push(`Map ${shown} ${source}. It is 0 at ${percentOf(zeros)} % of its positions and has its highest value, `
      + `${decimals(state.highest, 2)}, in row ${state.row} and column ${state.column}, whose receptive field covers `
      + `${bottom - top + 1} × ${right - left + 1} pixels of the picture.`);
    return words.join(" ");
  },

  grasps(width, numbers) {
    const { maps, height, width: columns, shown } = read(numbers), [x, y, size] = places(width).map;
    const cells = cellsAt(x, y + 20, [height, columns], size / columns);
    return [{
      over: cells.box,
      words(px, py) {
        const [row, column] = cells.of(px, py);
        return `row ${row}, column ${column}: ${decimals(maps[shown][row * columns + column], 2)}`;
      },
    }, ...boxesOf(width, maps.length).map((over, k) => ({ over, to: () => ({ channel: k }) }))];
  },
};
