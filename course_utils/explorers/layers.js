const MOST_CIRCLES = 6; // a larger layer is drawn with a gap in it
const MOST_LAYERS = 4;
const NETWORK = 176; // pixels
const ROW = 46;

export function layerSizes(inputs, hiddenLayers, firstUnits, furtherUnits, outputs) {
  const hidden = Array.from({ length: hiddenLayers }, (_, i) => (i ? furtherUnits : firstUnits));
  return [inputs, ...hidden, outputs];
}

export function layerParameters(sizes) {
  return sizes.slice(1).map((units, i) => sizes[i] * units + units);
}

export function layerNames(hiddenLayers) {
  return [...Array.from({ length: hiddenLayers }, (_, i) => `hidden ${i + 1}`), "output"];
}

function sizesOf({ inputs, hidden_layers, first_units, further_units, outputs }) {
  return layerSizes(inputs, hidden_layers, first_units, further_units, outputs);
}

function heights(size) {
  if (size > MOST_CIRCLES) return [-3, -2, -1, 1, 2, 3];
  return Array.from({ length: size }, (_, i) => i - (size - 1) / 2);
}

const LEFT = 34, MIDDLE = 74; // of the network's first column
const gapOf = (width, sizes) => (width - 2 * LEFT) / (sizes.length - 1);

function drawNetwork({ g, width, colours, write }, sizes) {
  const left = LEFT, gap = gapOf(width, sizes), middle = MIDDLE, step = 20;
  const columns = sizes.map((size, i) => heights(size).map((y) => [left + i * gap, middle + y * step]));
  g.strokeStyle = colours.faint;
  g.lineWidth = 0.6;
  g.beginPath();
  columns.slice(1).forEach((column, i) => {
    for (const here of columns[i]) {
      for (const there of column) {
        g.moveTo(...here);
        g.lineTo(...there);
      }
    }
  });
  g.stroke();
  columns.forEach((column, i) => {
    g.fillStyle = i ? colours.first : colours.second;
    for (const [x, y] of column) {
      g.beginPath();
      if (i) g.arc(x, y, 8, 0, 2 * Math.PI);
      else g.rect(x - 6, y - 6, 12, 12);
      g.fill();
    }
    if (sizes[i] > MOST_CIRCLES) {
      g.fillStyle = colours.text;
      for (const dy of [-5, 0, 5]) g.fillRect(left + i * gap - 1, middle + dy - 1, 2, 2);
    }
    const x = left + i * gap;
    write(thousands(sizes[i]), x, 154, { size: 13, weight: 700, align: "center", colour: colours.text });
  });
}

function drawLayer({ g, width, colours, write }, top, words, count, { most, total }) {
  const percent = Math.floor((100 * count + Math.floor(total / 2)) / total);
  write(words, 4, top, { size: 12, colour: colours.text });
  g.fillStyle = colours.grid;
  g.fillRect(4, top + 10, width - 56, 12);
  g.fillStyle = colours.first;
  g.fillRect(4, top + 10, Math.max(1, ((width - 56) * count) / most), 12);
  write(`${percent} %`, width - 4, top + 16, { size: 12, colour: colours.text, align: "right" });
}

const scene = {
  height: NETWORK + MOST_LAYERS * ROW + 26,

  draw(stage, numbers) {
    const sizes = sizesOf(numbers), counts = layerParameters(sizes);
    const total = counts.reduce((sum, count) => sum + count, 0), most = Math.max(...counts);
    drawNetwork(stage, sizes);
    const names = layerNames(numbers.hidden_layers);
    counts.forEach((count, i) => {
      const words = `${names[i]}: ${sizes[i]} × ${sizes[i + 1]} + ${sizes[i + 1]} = ${thousands(count)}`;
      drawLayer(stage, NETWORK + i * ROW + 8, words, count, { most, total });
    });
    stage.write(`all: ${thousands(total)} parameters`, 4, NETWORK + counts.length * ROW + 10,
      { size: 14, weight: 700, colour: stage.colours.text });
  },

  sentence(numbers) {
    const sizes = sizesOf(numbers), counts = layerParameters(sizes);
    const total = counts.reduce((sum, count) => sum + count, 0), most = Math.max(...counts);
    const sum = counts.length > 1 ? `${counts.map(thousands).join(" + ")} = ` : "";
    const percent = Math.floor((100 * most + Math.floor(total / 2)) / total);
    const where = layerNames(numbers.hidden_layers)[counts.indexOf(most)];
    const neurons = sizes.slice(1).reduce((all, size) => all + size, 0);
    return `${sizes.join(" → ")} has ${sum}${thousands(total)} parameters for ${thousands(neurons)} neuron${neurons === 1 ? "" : "s"}. The largest layer is ${where}, with ${percent} % of the parameters.`;
  },

  grasps(width, numbers) {
    const sizes = sizesOf(numbers), gap = gapOf(width, sizes);
    // Pulled up by a pixel, a hidden layer gets four more neurons.
    return sizes.slice(1, -1).map((units, i) => ({
      at: [LEFT + (i + 1) * gap, MIDDLE], handle: [LEFT + (i + 1) * gap - 22, 4, 44, 160],
      to: (x, y) => ({ [i ? "further_units" : "first_units"]: units + 4 * (MIDDLE - y) }),
      words: () => `${thousands(units)} neurons: pull up or down`,
    }));
  },
};
