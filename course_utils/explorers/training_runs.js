const SIZES = [1000, 3000, 10000];
const EPOCHS = 60;
const HIGHEST_LOSS = 1.6, LOWEST_ACCURACY = 0.5; // where the charts end

export function stopEarly(losses, patience) {
  let best = 0, lowest = Infinity;
  for (let epoch = 1; epoch <= losses.length; epoch++) {
    const loss = losses[epoch - 1];
    if (loss < lowest) [best, lowest] = [epoch, loss];
    else if (epoch - best >= patience) return [best, epoch];
  }
  return [best, 0];
}

// Both are rounded first, so that the three numbers of the sentence fit together.
export function gapInWords(loss, valLoss) {
  const [train, validation] = [loss, valLoss].map((value) => Math.floor(value * 100 + 0.5));
  return decimals((validation - train) / 100, 2);
}

function curvesOf({ records, images_index, dropout, run, epoch }) {
  const record = records.find((r) => r.images === SIZES[images_index]
    && r.dropout === (dropout ? 0.5 : 0) && r.seed === run - 1);
  const names = ["loss", "accuracy", "val_loss", "val_accuracy"];
  return Object.fromEntries(names.map((name) => [name, record[name].slice(0, epoch)]));
}

// The two charts: of the loss and of the accuracy.
function charts(width) {
  const half = beside(width) ? width / 2 : width;
  return [[0, HIGHEST_LOSS], [LOWEST_ACCURACY, 1]].map(([least, most], i) => {
    const [from, begin, height] = beside(width) ? [i * half, 50, 250] : [0, 50 + 242 * i, 236];
    const box = [from + 36, begin + 24, from + half - 12, begin + height - 36];
    return { title: begin + 10, ...chartAt(box, [0, EPOCHS], [least, most]) };
  });
}

function drawPair(stage, { left, right, top, bottom, x, y, title: heading }, ticks, title, train, validation, marks) {
  const { g, colours, write } = stage;
  const look = { colour: colours.text, size: 12 };
  write(title, left, heading, { ...look, weight: 700 });
  for (const tick of ticks) gridLine(stage, left, right, y(tick), String(tick));
  for (const tick of [20, 40, 60]) write(String(tick), x(tick), bottom + 11, { ...look, align: "center" });
  write("epoch", x(30), bottom + 26, { ...look, align: "center" });
  g.save();
  g.beginPath();
  g.rect(left - 8, top - 8, right - left + 16, bottom - top + 16);
  g.clip();
  if (marks.stopped) {
    g.setLineDash([2, 4]);
    strokeLine(g, [[x(marks.stopped), top - 8], [x(marks.stopped), bottom]], colours.text, 2);
    g.setLineDash([]);
  }
  const points = (values) => values.map((value, i) => [x(i + 1), y(value)]);
  strokeLine(g, points(train), colours.first, 2.5);
  g.setLineDash([6, 4]);
  strokeLine(g, points(validation), colours.second, 2.5);
  g.setLineDash([]);
  const [ex, ey] = points(train).at(-1), [fx, fy] = points(validation).at(-1);
  g.fillStyle = colours.first;
  g.fillRect(ex - 4, ey - 4, 8, 8);
  g.fillStyle = colours.second;
  g.beginPath();
  g.arc(fx, fy, 4.5, 0, 2 * Math.PI);
  g.fill();
  const [bx, by] = [x(marks.best), y(validation[marks.best - 1])];
  fillShape(g, [[bx, by - 9], [bx + 9, by], [bx, by + 9], [bx - 9, by]], colours.text);
  fillShape(g, [[bx, by - 6], [bx + 6, by], [bx, by + 6], [bx - 6, by]], colours.second);
  g.restore();
}

const beside = (width) => width >= 520;

const scene = {
  height: (width) => (beside(width) ? 306 : 530),

  draw(stage, numbers) {
    const { g, width, colours, write } = stage, { patience } = numbers;
    const curves = curvesOf(numbers);
    const [best, stopped] = stopEarly(curves.val_loss, patience);
    const look = { colour: colours.text, size: 12 };
    const dotted = width < 340 ? "" : " (dotted line)";
    const end = stopped ? `stops after ${stopped}${dotted}` : "not stopped yet";
    write(`patience ${patience}: best ◆ ${best}, ${end}`, 6, 13, { ...look, weight: 700 });
    strokeLine(g, [[6, 34], [36, 34]], colours.first, 2.5);
    write("training", 42, 34, look);
    g.setLineDash([6, 4]);
    strokeLine(g, [[110, 34], [140, 34]], colours.second, 2.5);
    g.setLineDash([]);
    write("validation", 146, 34, look);
    const [losses, accuracies] = charts(width), marks = { best, stopped };
    drawPair(stage, losses, [0, 0.5, 1, 1.5], "loss", curves.loss, curves.val_loss, marks);
    drawPair(stage, accuracies, [0.5, 0.6, 0.7, 0.8, 0.9, 1], "accuracy", curves.accuracy, curves.val_accuracy, marks);
  },

  sentence(numbers) {
    const { images_index, dropout, run, epoch, patience } = numbers, curves = curvesOf(numbers);
    const last = (name) => curves[name].at(-1);
    const [best, stopped] = stopEarly(curves.val_loss, patience);
    const lowest = decimals(curves.val_loss[best - 1], 2);
    const end = stopped
      ? `stops after epoch ${stopped} and restores epoch ${best} (validation loss ${lowest})`
      : `has not stopped yet; the best epoch so far is ${best} (validation loss ${lowest})`;
    return `With ${thousands(SIZES[images_index])} images and ${dropout ? "dropout 0.5" : "no dropout"}, run `
      + `${run} reaches epoch ${epoch} with a training loss of ${decimals(last("loss"), 2)} and a validation loss of `
      + `${decimals(last("val_loss"), 2)}, a gap of ${gapInWords(last("loss"), last("val_loss"))}. The accuracies are `
      + `${decimals(last("accuracy"), 2)} and ${decimals(last("val_accuracy"), 2)}. Early stopping with patience ${patience} ${end}.`;
  },

  grasps(width, numbers) {
    const { epoch } = numbers, curves = curvesOf(numbers);
    const names = [["loss", "val_loss"], ["accuracy", "val_accuracy"]];
    return charts(width).map(({ top, bottom, box, x, across }, i) => ({
      at: [x(epoch), top], handle: [x(epoch) - FINGER / 2, top, FINGER, bottom - top], over: box,
      to: (px) => ({ epoch: across(px) }),
      words(px) {
        const at = Math.round(across(px)), [train, validation] = names[i].map((name) => curves[name][at - 1]);
        return train === undefined ? "" : `epoch ${at}: ${decimals(train, 2)}, validation ${decimals(validation, 2)}`;
      },
    }));
  },
};
