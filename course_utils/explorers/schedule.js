const N_STEPS = 1000;
const SCHEDULES = ["constant", "step decay", "cosine", "one-cycle"];
const BASE_RATES = ["0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"];
const GRADIENT = 2; // of the weight whose step is shown

export function rateAt(schedule, baseRate, warmUp, step) {
  const rising = (warmUp * N_STEPS) / 100;
  if (step < rising) {
    const start = schedule === "one-cycle" ? baseRate / 10 : 0;
    return start + ((baseRate - start) * step) / rising;
  }
  const done = (step - rising) / (N_STEPS - rising);
  if (schedule === "cosine") return (baseRate * (1 + Math.cos(Math.PI * done))) / 2;
  if (schedule === "step decay") return baseRate * 0.5 ** Math.floor(4 * done);
  return schedule === "one-cycle" ? baseRate * (1 - done) : baseRate;
}

// The rate over the steps, as a fraction of the base rate, with room for the mark at step 0.
const chart = (width) => chartAt([70, 34, width - 20, 216], [0, N_STEPS], [0, 1]);

const scene = {
  height: 290,

  draw(stage, { schedule_index, base_rate_index, warm_up, step }) {
    const { g, width, colours, write } = stage;
    const schedule = SCHEDULES[schedule_index], words = BASE_RATES[base_rate_index];
    const base = Number(words), left = 62;
    const { right, top, bottom, x, y: height } = chart(width), y = (rate) => height(rate / base);
    const rate = (s) => rateAt(schedule, base, warm_up, s);
    if (warm_up) {
      const end = x((warm_up * N_STEPS) / 100);
      for (let at = x(0); at < end; at += 8) strokeLine(g, [[at, top], [at, bottom]], colours.grid, 1);
      strokeLine(g, [[end, top - 8], [end, bottom]], colours.faint, 1);
      write("warm-up", left + 2, top - 16, { size: 12, colour: colours.text });
    }
    const warm = x((warm_up * N_STEPS) / 100);
    fillShape(g, [[warm - 6, top - 20], [warm + 6, top - 20], [warm, top - 10]], colours.text);
    gridLine(stage, left, right, bottom, "0");
    gridLine(stage, left, right, top, words);
    const steps = Array.from({ length: N_STEPS / 2 + 1 }, (_, i) => 2 * i);
    strokeLine(g, steps.map((s) => [x(s), y(rate(s))]), colours.first, 3.5);
    g.setLineDash([4, 4]);
    strokeLine(g, [[x(step), bottom], [x(step), y(rate(step))]], colours.second, 1.5);
    g.setLineDash([]);
    g.save();
    g.translate(x(step), y(rate(step)));
    g.rotate(Math.PI / 4);
    g.fillStyle = colours.second;
    g.fillRect(-6.5, -6.5, 13, 13);
    g.restore();
    const small = { size: 12, colour: colours.text, align: "center" };
    [[0, "0"], [N_STEPS / 2, "500"], [N_STEPS, "1000"]].forEach(([s, name]) => write(name, x(s), bottom + 16, small));
    write(`${schedule}: ◆ step ${step}`, width / 2, bottom + 38, { colour: colours.text, align: "center", weight: 600 });
    write(`learning rate ${rate(step).toFixed(6)}`, width / 2, bottom + 59, { colour: colours.second, align: "center", weight: 700 });
  },

  sentence({ schedule_index, base_rate_index, warm_up, step }) {
    const schedule = SCHEDULES[schedule_index], words = BASE_RATES[base_rate_index];
    const rate = rateAt(schedule, Number(words), warm_up, step);
    const warmUp = warm_up ? `${warm_up} % warm-up` : "no warm-up";
    return `The ${schedule} schedule with base rate ${words} and ${warmUp} gives the `
      + `rate ${rate.toFixed(6)} at step ${step} of ${N_STEPS}. A gradient of ${GRADIENT} stays `
      + `${GRADIENT}, but SGD then moves the weight by ${(GRADIENT * rate).toFixed(6)}.`;
  },

  grasps(width, { schedule_index, base_rate_index, warm_up, step }) {
    const { top, box, x, y, across } = chart(width), base = Number(BASE_RATES[base_rate_index]);
    const rate = rateAt(SCHEDULES[schedule_index], base, warm_up, step);
    return [
      { at: [x(step), y(rate / base)], over: box, to: (px) => ({ step: across(px) }) },
      { at: [x((warm_up * N_STEPS) / 100), top - 12], to: (px) => ({ warm_up: (100 * across(px)) / N_STEPS }) },
    ];
  },
};
