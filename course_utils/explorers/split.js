const SHOWN = 40; // as many images as the strip below the bars shows

// A small seeded generator: mulberry32 (Tommy Ettinger, 2017, public domain).
export function randomIntegers(seed, count) {
  let state = seed >>> 0;
  const numbers = [];
  for (let i = 0; i < count; i++) {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    numbers.push((t ^ (t >>> 14)) >>> 0);
  }
  return numbers;
}

// Fisher and Yates's shuffle of 0 ... count - 1.
export function shuffled(count, seed) {
  const order = Array.from({ length: count }, (_, i) => i);
  const random = randomIntegers(seed, count);
  for (let last = count - 1; last > 0; last--) {
    const other = random[last] % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

export function countByClass(labels, classes) {
  const counts = new Array(classes).fill(0);
  for (const label of labels) counts[label] += 1;
  return counts;
}

// Each class's fair share in whole images: what is left over goes to the largest remainders.
export function quotas(counts, heldOut) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.floor((count * heldOut) / total));
  const rest = heldOut - shares.reduce((sum, share) => sum + share, 0);
  counts
    .map((count, label) => [(count * heldOut) % total, label])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, rest)
    .forEach(([, label]) => { shares[label] += 1; });
  return shares;
}

export function heldOutPositions(labels, classes, percent, seed, stratified) {
  const heldOut = Math.max(1, Math.floor((labels.length * percent + 50) / 100));
  const order = shuffled(labels.length, seed);
  if (!stratified) return order.slice(0, heldOut);
  const left = quotas(countByClass(labels, classes), heldOut);
  return order.filter((i) => left[labels[i]]-- > 0);
}

// The rows of the chart, and the strip of images below it.
function places(width, { labels, class_names, percent, seed, stratified }) {
  const n = class_names.length, positions = heldOutPositions(labels, n, percent, seed, stratified);
  const counts = countByClass(positions.map((i) => labels[i]), n);
  const fair = countByClass(labels, n).map((count) => (count * positions.length) / labels.length);
  const most = Math.max(...counts, ...fair.map((share) => 1.3 * share));
  const shown = Math.min(SHOWN, labels.length), columns = Math.ceil(shown / 2);
  return {
    positions, counts, fair, shown, columns, rowHeight: 262 / n, side: Math.min(18, (width - 12) / columns),
    ...chartAt([96, 50, width - 44, 312], [0, most], [0, 1]),
  };
}

const scene = {
  height: 382,

  draw({ g, width, colours, write }, numbers) {
    const { class_names, percent, seed, stratified } = numbers;
    const { positions, counts, fair, left, x: at, rowHeight, shown, columns, side } = places(width, numbers);
    const dashed = (x, top, bottom) => {
      for (const [colour, thick, dash] of [[colours.background, 6, []], [colours.second, 3, [4, 2]]]) {
        g.setLineDash(dash);
        strokeLine(g, [[x, top], [x, bottom]], colour, thick);
      }
      g.setLineDash([]);
    };
    write(`${percent} % held out, seed ${seed}, ${stratified ? "stratified" : "not stratified"}`,
      6, 14, { size: width < 320 ? 12 : 13, colour: colours.text, weight: 600 });
    dashed(9, 25, 42);
    write("the fair share", 20, 34, { size: 12, colour: colours.text });
    counts.forEach((count, label) => {
      const top = 50 + label * rowHeight;
      const thick = Math.min(20, rowHeight * 0.68);
      write(class_names[label], 6, top + thick / 2, { size: 12, colour: colours.text });
      g.fillStyle = colours.first;
      g.fillRect(left, top, Math.max(1, at(count) - left), thick);
      dashed(at(fair[label]), top - 3, top + thick + 3);
      write(String(count), Math.max(at(count), at(fair[label])) + 7, top + thick / 2,
        { size: 12, colour: colours.text, weight: 700 });
    });
    const chosen = new Set(positions);
    write(`The first ${shown} images: filled = held out`, 6, 328, { size: 12, colour: colours.text });
    for (let i = 0; i < shown; i++) {
      const x = 6 + (i % columns) * side, y = 340 + Math.floor(i / columns) * 19;
      g.lineWidth = 1.5;
      g.strokeStyle = colours.faint;
      g.strokeRect(x + 1, y + 1, side - 3, 15);
      if (!chosen.has(i)) continue;
      g.fillStyle = colours.first;
      g.fillRect(x + 1, y + 1, side - 3, 15);
    }
  },

  sentence(numbers) {
    const { labels, class_names, seed, stratified } = numbers;
    const positions = heldOutPositions(labels, class_names.length, numbers.percent, seed, stratified);
    const counts = countByClass(positions.map((i) => labels[i]), class_names.length);
    const fewest = Math.min(...counts), most = Math.max(...counts);
    const how = stratified ? "class by class (stratified)" : "at random (not stratified)";
    const out = `Seed ${seed} holds out ${positions.length} of ${labels.length} images ${how}`;
    if (fewest === most) return `${out}. Every class has ${most} of them, a difference of 0.`;
    return `${out}. Of these, ${class_names[counts.indexOf(fewest)]} has the fewest, ${fewest}, and `
      + `${class_names[counts.indexOf(most)]} has the most, ${most}, a difference of ${most - fewest}.`;
  },

  grasps(width, numbers) {
    const { labels, class_names, percent } = numbers;
    const { positions, fair, left, top, x, rowHeight, shown, columns, side } = places(width, numbers);
    const strip = cellsAt(6, 340, [Math.ceil(shown / columns), columns], side, 19), chosen = new Set(positions);
    return [...fair.map((share, label) => ({
      at: [x(share), top + (label + 0.5) * rowHeight], handle: [x(share) - 14, top + label * rowHeight, 28, rowHeight],
      to: (px) => ({ percent: (percent * (px - left)) / (x(share) - left) }),
    })), {
      over: strip.box,
      words(px, py) {
        const [row, column] = strip.of(px, py), i = row * columns + column;
        return i < shown ? `image ${i}: ${class_names[labels[i]]}${chosen.has(i) ? ", held out" : ""}` : "";
      },
    }];
  },
};
