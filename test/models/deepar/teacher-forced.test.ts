import { afterAll, expect, test } from "vitest";
import type { Panel } from "../../../src/core/series.js";
import { type DeepArOptions, deepArProcess, deepar } from "../../../src/models/deepar/index.js";
import { settingsOf } from "../../../src/models/deepar/options.js";
import { prepare } from "../../../src/models/deepar/prepare.js";
import { windowSource } from "../../../src/models/deepar/windows.js";
import { arena } from "../../../src/neural/arena.js";
import { RAW_WIDTH } from "../../../src/neural/heads/head.js";
import { loadKernel } from "../../../src/neural/kernel/load.js";
import { network } from "../../../src/neural/network.js";
import { forward, loss, tape } from "../../../src/neural/pass.js";
import { ar2Panel, countPanel, seasonalPanel } from "./panels.js";

// One window over a whole series, as training sees it, against the process walking over the same series step by step.

const told: string[] = [];
afterAll(() => console.log(told.join("\n")));

const CASES: [string, DeepArOptions, Panel][] = [
  ["normal", { likelihood: "normal" }, ar2Panel(1, 60)],
  ["student-t", { categories: ["id"] }, seasonalPanel(1, 60)],
  ["negative-binomial", { likelihood: "negative-binomial" }, countPanel(1, 60)],
];

test.each(CASES)("stepwise equals the teacher-forced pass to 1e-6: %s", (likelihood, options, panel) => {
  const [series] = panel;
  const n = series!.y.length;
  const horizon = Math.floor(n / 2);
  const all = { hidden: 12, epochs: 3, batches: 8, horizon, context: n - horizon, ...options };
  const { params, report } = deepar(all).fit(series!) as ReturnType<ReturnType<typeof deepar>["fit"]> & {
    params: { weights: Float32Array };
  };
  const { plan, config, data } = prepare(panel, settingsOf({ ...all }), 1);
  expect(plan.steps).toBe(n - 1);
  const net = network(plan.shape);
  const memory = arena();
  const weights = memory.take(net.size);
  const at = tape(net, memory, plan.steps, 4);
  const kernel = loadKernel("strict", memory.size);
  kernel.cells.set(params.weights, weights);
  // Nothing is held back here: every value of the series counts.
  const whole = { ...data, stretches: data.stretches.map((stretch) => ({ ...stretch, held: 0 })) };
  const source = windowSource(config, whole, { batch: 8, horizon: n, scheduled: 0 });
  expect(source.validate(kernel, at, 0, 0)).toBe(n - 1);
  forward(kernel, net, weights, at, null);
  const teacher = -loss(kernel, plan.likelihood, at);

  let state = deepArProcess.start(params as never, series!);
  let worst = 0;
  let stepwise = 0;
  const none = new Float64Array(0);
  for (let t = 0; t < n; t++) {
    const conditional = deepArProcess.conditional(params as never, state, none);
    if (t > 0) {
      const cell = (t - 1) * at.rows;
      const scale = kernel.cells[at.scale + cell]!;
      const raw = at.raw + cell * RAW_WIDTH;
      if (likelihood !== "negative-binomial") {
        const location = kernel.cells[raw + (likelihood === "normal" ? 0 : 1)]!;
        const base = likelihood === "normal" ? conditional.mean : conditional.quantile(0.5);
        if (base > 0) worst = Math.max(worst, Math.abs(base / scale - location));
        stepwise += conditional.logDensity(series!.y[t]!) + Math.log(scale);
      } else stepwise += conditional.logDensity(series!.y[t]!);
    }
    state = deepArProcess.advance(params as never, state, series!.y[t]!, none);
  }
  expect(stepwise).toBeCloseTo(
    report.logLikelihood + (likelihood === "negative-binomial" ? 0 : logScales()),
    6,
  );
  function logScales(): number {
    let sum = 0;
    for (let k = 0; k < n - 1; k++) sum += Math.log(kernel.cells[at.scale + k * at.rows]!);
    return sum;
  }
  const error = Math.abs(teacher - stepwise) / (n - 1);
  told.push(
    `stepwise against teacher-forced, ${likelihood}: location ${worst.toExponential(1)}, log-likelihood a value ${error.toExponential(1)}`,
  );
  expect(worst).toBeLessThan(1e-6);
  expect(error).toBeLessThan(1e-6);
});
