const CLASSES = 10;
const MOST_LAYERS = 10;
const ROW = 38; // pixels

// A layer is its name, the shape that leaves it (empty if it does not fit), its parameters, and the side of its
// receptive field in pixels (0 where there is no map).
export function stackLayers(side, channels, blocks, filters, kernelSize, stride, same, poolSize, denseUnits) {
  const layers = [["Input", [side, side, channels], 0, 1]];
  let sees = 1, apart = 1; // apart: how many pixels lie between neighbours of a map
  for (let block = 0; block < blocks; block++) {
    const units = filters * 2 ** block;
    const parameters = kernelSize * kernelSize * channels * units + units;
    const steps = [[`Conv2D ${units}`, kernelSize, stride, same ? "same" : "valid", parameters]];
    if (poolSize > 1) steps.push([`MaxPool ${poolSize}`, poolSize, poolSize, "valid", 0]);
    for (const [name, window, step, padding, count] of steps) {
      side = outputSize(side, window, step, padding);
      channels = units;
      if (side === 0) return [...layers, [name, [], 0, 0]];
      sees += (window - 1) * apart;
      apart *= step;
      layers.push([name, [side, side, channels], count, sees]);
    }
  }
  let size = side * side * channels;
  layers.push(["Flatten", [size], 0, 0]);
  for (const units of denseUnits ? [denseUnits, CLASSES] : [CLASSES]) {
    layers.push([`Dense ${units}`, [units], size * units + units, 0]);
    size = units;
  }
  return layers;
}

export function shapeInWords(shape) {
  return shape.length ? shape.map(thousands).join(" × ") : "does not fit";
}

export function fieldInWords(sees) {
  return `sees ${sees} × ${sees}`;
}

export function percentOf(part, whole) {
  return Math.floor((100 * part + Math.floor(whole / 2)) / whole);
}

function layerInWords([name, shape, count, sees]) {
  const parameters = count ? ` (${thousands(count)})` : "";
  return `${name}: ${shapeInWords(shape)}${parameters}${sees > 1 ? `, ${fieldInWords(sees)}` : ""}`;
}

function layersOf({ side, channels, blocks, filters, kernel_size, stride, same, pool_size, dense_units }) {
  return stackLayers(side, channels, blocks, filters, kernel_size, stride, same, pool_size, dense_units);
}

// What leaves a layer: a block as high as the picture and as thick as it has channels, or a bar.
function drawBlock({ g, colours }, shape, side, x, y) {
  if (shape.length === 3) {
    const high = Math.max(2, (26 * shape[0]) / side), thick = 3 + 3.4 * Math.log2(shape[2] + 1), slant = high / 4;
    const top = y - high / 2 + slant / 2, bottom = top + high - slant / 2;
    fillShape(g, [[x, top], [x + slant, top - slant], [x + slant + thick, top - slant], [x + thick, top]], colours.faint);
    fillShape(g, [[x + thick, top], [x + thick + slant, top - slant], [x + thick + slant, bottom - slant], [x + thick, bottom]], colours.text);
    fillShape(g, [[x, top], [x + thick, top], [x + thick, bottom], [x, bottom]], colours.first);
  } else if (shape.length === 1) {
    g.fillStyle = colours.second;
    g.fillRect(x, y - 3, 3 * Math.log2(shape[0]), 6);
  }
}

const scene = {
  height: MOST_LAYERS * ROW + 30,

  draw(stage, numbers) {
    const { g, width, colours, write } = stage;
    const layers = layersOf(numbers);
    const total = layers.reduce((sum, [, , count]) => sum + count, 0);
    const wide = width >= 580, right = wide ? width - 130 : width - 6, left = 56;
    layers.forEach(([name, shape, count, sees], i) => {
      const y = 20 + i * ROW;
      drawBlock(stage, shape, numbers.side, 4, y);
      const kernel = name.startsWith("Conv2D") ? `, ${numbers.kernel_size} × ${numbers.kernel_size}` : "";
      write(name + kernel, left, wide ? y : y - 8, { size: 13, weight: 700, colour: colours.text });
      const field = sees > 1 ? fieldInWords(sees) : "", words = shapeInWords(shape);
      if (wide) write(field, left + 255, y, { size: 13, colour: colours.text });
      const below = field ? `${words}, ${field}` : words;
      write(wide ? words : below, wide ? left + 150 : left, wide ? y : y + 9, { size: 13, colour: colours.text });
      if (!count) return;
      write(thousands(count), right, wide ? y : y - 8, { size: 13, colour: colours.text, align: "right" });
      g.fillStyle = colours.first;
      const length = Math.max(1, (wide ? 116 : 76) * count / total);
      if (wide) g.fillRect(right + 8, y - 6, length, 12);
      else g.fillRect(right - length, y + 3, length, 9);
    });
    const end = layers.at(-1)[1].length > 0;
    const unreached = numbers.dense_units ? `Dense ${numbers.dense_units}` : "the output layer";
    const words = end ? `all: ${thousands(total)} parameters` : `${unreached} is never reached`;
    write(words, left, 20 + layers.length * ROW, { size: 14, weight: 700, colour: colours.text });
  },

  sentence(numbers) {
    const layers = layersOf(numbers);
    const words = layers.map(layerInWords).join(" → ");
    if (!layers.at(-1)[1].length) {
      const unreached = numbers.dense_units ? `Dense ${numbers.dense_units}` : "The output layer";
      return `${words}. ${unreached} is never reached, so this network cannot be built.`;
    }
    const total = layers.reduce((sum, [, , count]) => sum + count, 0);
    const [name, , most] = layers.reduce((best, layer) => (layer[2] > best[2] ? layer : best));
    return `${words}. Together these layers have ${thousands(total)} parameters. The largest, ${name}, has `
      + `${percentOf(most, total)} % of them.`;
  },

  grasps(width, numbers) {
    const layers = layersOf(numbers), { filters, dense_units } = numbers;
    const row = (i) => 20 + i * ROW, dense = dense_units ? layers.findIndex(([name]) => name.startsWith("Dense")) : -1;
    // A block is pulled wider: by two pixels for another filter, by one for another neuron.
    const pulled = (i, name, value, perPixel) => ({
      at: [24, row(i)], handle: [0, row(i) - ROW / 2, 52, ROW], to: (x) => ({ [name]: value + perPixel * (x - 24) }),
      words: () => `${value}: pull it wider or narrower`,
    });
    return [
      ...(numbers.blocks ? [pulled(1, "filters", filters, 0.5)] : []),
      ...(dense > 0 ? [pulled(dense, "dense_units", dense_units, 1)] : []),
    ];
  },
};
