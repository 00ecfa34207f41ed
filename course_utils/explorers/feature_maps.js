const LAYERS = ["conv_1", "pool_1", "conv_2", "pool_2"];
const SIDE = 28; // of a picture
const WIDE = 540, ROOMY = 700;

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
  const { shape } = layers[depth], n = shape.reduce((a, b) => a * b);
  return { kernel: filterOf(weights.slice(from), shape, channel), bias: weights[from + n + channel] };
}

// What a window sees of maps: side x side values of each, with zeros beyond their border.
export function windowsIn(maps, [height, width, channels], top, left, side) {
  return Array.from({ length: channels }, (_, k) => Array.from({ length: side * side }, (_, i) => {
    const row = top + Math.floor(i / side), column = left + (i % side);
    const inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? maps[(row * width + column) * channels + k] : 0;
  }));
}

// The sum of the products of a window and a slice of a filter.
export function sumOfProducts(values, weights) {
  return values.reduce((sum, value, i) => sum + value * weights[i], 0);
}

// How the layer makes the value at a position of the shown map.
function workingAt({ image, outputs, depth, pooled, shown, kernel, bias }, row, column) {
  const { values, shape } = depth ? outputs[depth - 1] : { values: Float64Array.from(image, (grey) => grey / 255), shape: [SIDE, SIDE, 1] };
  if (pooled) {
    const [window] = windowsIn(values, shape, 2 * row, 2 * column, 2).slice(shown);
    return { windows: [window], value: Math.max(...window) };
  }
  const windows = windowsIn(values, shape, row - 1, column - 1, 3);
  const sums = windows.map((window, k) => sumOfProducts(window, kernel[k]));
  const sum = sums.reduce((total, part) => total + part, 0);
  return { windows, sums, sum, bias, value: Math.max(0, sum + bias) };
}

function calculate({ pixels, image: picture, layers, weights, layer_index, channel, row: wantedRow, column: wantedColumn }) {
  const image = pixels.slice(picture * SIDE * SIDE, (picture + 1) * SIDE * SIDE);
  const numbers = asFloats(weights), outputs = layerOutputs(layers, numbers, image);
  const { shape: [height, width, count], values } = outputs[layer_index];
  const maps = Array.from({ length: count }, (_, k) => values.filter((_, i) => i % count === k));
  const shown = Math.min(channel, count - 1), best = argmax(maps[shown]);
  const row = Math.min(wantedRow, height - 1), column = Math.min(wantedColumn, width - 1);
  const kinds = layers.slice(0, layer_index + 1).map(({ kind }) => kind);
  const pooled = layers[layer_index].kind === "pooling";
  const { kernel, bias } = pooled ? { kernel: [] } : filterAmong(layers, numbers, layer_index, shown);
  return {
    image, maps, height, width, count, shown, row, column, pooled, kernel, answer: outputs.at(-1).values,
    highest: maps[shown][best], best: [Math.floor(best / width), best % width], whole: Math.max(...values), kinds,
    rows: receptiveField(kinds, row), columns: receptiveField(kinds, column),
    working: workingAt({ image, outputs, depth: layer_index, pooled, shown, kernel, bias }, row, column),
  };
}

const read = (numbers) => remembered(numbers, calculate);

function workingInWords({ row, column, pooled, working }, before) {
  const at = `In row ${row} and column ${column}, `, value = decimals(working.value, 2);
  if (pooled) return `${at}it keeps ${value}, the largest of ${working.windows[0].map((one) => decimals(one, 2)).join(", ")}.`;
  const of = working.windows.length === 1 ? "the picture's window" : `${working.windows.length} windows of ${before}`;
  return `${at}the products of ${of} and the filter sum to ${decimals(working.sum, 2)}; with the bias `
    + `${decimals(working.bias, 2)} and ReLU this is ${value}.`;
}

function drawPicture(stage, x, y, side, { image, rows, columns }, picture) {
  stage.write(`picture ${picture}`, x, y + 8, { colour: stage.colours.text, weight: 600 });
  paintGrey(stage.g, image, [SIDE, SIDE], [x, y + 20], side, 255);
  const [top, bottom] = rows, [left, right] = columns;
  frame(stage, x + left * side, y + 20 + top * side, (right - left + 1) * side, (bottom - top + 1) * side);
}

function drawFilter(stage, x, y, room, { kernel, shown, pooled }) {
  const { colours, write } = stage;
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
  kernel.forEach((slice, i) =>
    drawSlice(stage, slice, x + (i % across) * (3 * cell + 8), y + 40 + Math.floor(i / across) * (3 * cell + 8), cell, strongest));
}

function drawMap(stage, [x, y, size], { maps, height, width, shown, highest, row, column }, name) {
  const side = size / width;
  stage.write(`${name}, map ${shown}`, x, y + 8, { colour: stage.colours.text, weight: 600 });
  paintGrey(stage.g, maps[shown], [height, width], [x, y + 20], side, highest);
  const words = `black 0, white ${decimals(highest, 2)}, its highest`;
  stage.write(words, x, y + size + 32, { colour: stage.colours.text, size: 12 });
  frame(stage, x + column * side, y + 20 + row * side, side, side);
}

// How the value at the chosen position is made: with one window in numbers, with several in grey.
function workingTop(width) {
  return (width >= WIDE ? 306 : Math.min(252, width - 8) + 228 + (16 / across(width)) * (small(width) + 20)) + 30;
}

// The tables of window, filter and products.
function tablesAt(width) {
  const cell = width >= WIDE ? 40 : (width - 52) / 9;
  return { cell, tables: [0, 1, 2].map((i) => cellsAt(4 + i * (3 * cell + 22), workingTop(width), [3, 3], cell, LINE)) };
}

// Where the sum, the bias and what becomes of them are written: beside the windows, or below them.
function linesAt(width, nWindows) {
  const top = workingTop(width);
  if (nWindows === 1) return width >= WIDE ? [424, top + 10] : [4, top + 84];
  return width >= ROOMY ? [564, top + 10] : [4, top + (width >= WIDE ? 66 : 140)];
}

function drawWorking(stage, { working, kernel, pooled }) {
  const { g, colours, write, width } = stage, y = workingTop(width), look = { colour: colours.text, size: 12 };
  const { windows, sums, sum, bias, value } = working;
  if (pooled) {
    write(`the window: ${windows[0].map((one) => decimals(one, 2)).join(", ")}`, 4, y, look);
    write(`the largest ${decimals(value, 2)}`, 4, y + LINE, { ...look, weight: 700 });
    return;
  }
  const lines = [`sum ${decimals(sum, 2)}`, `with bias ${decimals(bias, 2)}: ${decimals(sum + bias, 2)}`, `after ReLU ${decimals(value, 2)}`];
  const wide = width >= WIDE;
  if (windows.length === 1) {
    const { cell, tables } = tablesAt(width), parts = [windows[0], kernel[0], windows[0].map((one, i) => one * kernel[0][i])];
    parts.forEach((numbers, i) => drawTable(stage, numbers.map((one) => decimals(one, 2)), tables[i].box[0], y, cell, ["window", "filter", "products"][i]));
    ["×", "="].forEach((sign, i) => write(sign, tables[i + 1].box[0] - 11, y + 1.5 * LINE, { ...look, size: 16, align: "center" }));
  } else {
    const brightest = Math.max(...windows.flat()), strongest = Math.max(...kernel.flat().map(Math.abs));
    const step = wide ? 68 : (width - 8) / 4;
    windows.forEach((window, k) => {
      const left = 4 + (wide ? k : k % 4) * step, top = y + (wide ? 0 : Math.floor(k / 4) * 72);
      write(`map ${k}`, left, top - 12, look);
      paintGrey(g, window, [3, 3], [left, top], 9, brightest);
      g.strokeStyle = colours.faint;
      g.lineWidth = 1;
      g.strokeRect(left - 0.5, top - 0.5, 28, 28);
      drawSlice(stage, kernel[k], left + 30, top, 9, strongest);
      write(decimals(sums[k], 2), left + 28, top + 40, { ...look, align: "center" });
    });
  }
  const [left, top] = linesAt(width, windows.length);
  lines.forEach((words, i) => write(words, left, top + LINE * i,
    { ...look, size: 13, weight: 700, colour: i === 2 ? colours.second : colours.text }));
}

// All maps of the layer, small, on one scale; the chosen one framed, its number bold.
const across = (width) => (width >= 420 && width < WIDE ? 8 : 4);
const small = (width) => (width >= WIDE ? 48 : (width - 8) / across(width) - 6);

const pixelSide = (width) => (width >= WIDE ? 5 : 4); // of the picture

// Where the large map is, and the small ones.
function places(width) {
  const wide = width >= WIDE, right = width - 4 * 54, tall = Math.min(252, width - 8);
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
  height: (width) => workingTop(width) + (width >= ROOMY ? 66 : width >= WIDE ? 136 : 212),

  draw(stage, numbers) {
    const state = read(numbers), name = LAYERS[numbers.layer_index], { width } = stage;
    drawMap(stage, places(width).map, state, name);
    drawMaps(stage, state);
    drawWorking(stage, state);
    if (width >= WIDE) {
      drawPicture(stage, 4, 4, pixelSide(width), state, numbers.image);
      drawFilter(stage, 4, 180, 144, state);
    } else {
      drawPicture(stage, 4, 4, pixelSide(width), state, numbers.image);
      drawFilter(stage, 132, 4, 124, state);
    }
  },

  sentence(numbers) {
    const { image: picture, layer_index: depth, channel, class_names, layers } = numbers;
    const state = read(numbers), { height, width, count, shown, answer, pooled, kinds } = state;
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
      words.push(workingInWords(state, LAYERS[depth - 1]));
      return words.join(" ");
    }
    const [[top, bottom], [left, right]] = state.best.map((place) => receptiveField(kinds, place));
    words.push(`Map ${shown} ${source}. It is ${mapInWords(state.maps[shown], width)}, whose receptive field covers `
      + `${bottom - top + 1} × ${right - left + 1} pixels of the picture.`);
    words.push(workingInWords(state, LAYERS[depth - 1]));
    return words.join(" ");
  },

  grasps(width, numbers) {
    const state = read(numbers), { maps, height, width: across, shown, row, column, working, kernel, pooled } = state;
    const [x, y, size] = places(width).map, cells = cellsAt(x, y + 20, [height, across], size / across);
    const pixel = pixelSide(width), under = cellsAt(4 + (column - 1) * pixel, 24 + (row - 1) * pixel, [3, 3], pixel);
    const { tables } = tablesAt(width), [left, top] = linesAt(width, working.windows.length);
    const numbersOf = (table) => ({
      over: table.box,
      words(px, py) {
        const [r, c] = table.of(px, py), [value, weight] = [working.windows[0], kernel[0]].map((all) => all[3 * r + c]);
        return `${decimals(value, 2)} × ${decimals(weight, 2)} = ${decimals(value * weight, 2)}`;
      },
      marks: (px, py) => [...tables, under].map(({ part }) => part(...table.of(px, py))),
    });
    return [{
      at: cells.middle(row, column), over: cells.box,
      to(px, py) {
        const [r, c] = cells.of(px, py);
        return { row: r, column: c };
      },
      words(px, py) {
        const [r, c] = cells.of(px, py);
        return `row ${r}, column ${c}: ${decimals(maps[shown][r * across + c], 2)}`;
      },
    }, {
      over: pooled ? [4, top - 11, 160, LINE] : [left, top - 11, 160, 3 * LINE],
      words: () => `goes to row ${row}, column ${column} of map ${shown}`, marks: () => [cells.part(row, column)],
    }, ...(pooled || kernel.length > 1 ? [] : tables.map(numbersOf)),
    ...boxesOf(width, maps.length).map((over, k) => ({ over, to: () => ({ channel: k }) }))];
  },
};
