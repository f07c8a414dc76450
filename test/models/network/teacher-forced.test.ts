import { afterAll, describe, expect, test } from "vitest";
import type { Panel } from "../../../src/core/series.js";
import { settingsOf } from "../../../src/models/network/data/options.js";
import type { NetworkFitted, NetworkOptions, NetworkParams } from "../../../src/models/network/index.js";
import { prepare } from "../../../src/models/network/training/prepare.js";
import { windowSource } from "../../../src/models/network/training/windows.js";
import { arena } from "../../../src/neural/arena.js";
import { RAW_WIDTH } from "../../../src/neural/heads/head.js";
import { loadKernel } from "../../../src/neural/kernel/load.js";
import { network } from "../../../src/neural/network.js";
import { forward, loss, tape } from "../../../src/neural/pass.js";
import { TESTED, type Tested } from "./families.js";
import { countPanel, seasonalPanel } from "./panels.js";

// One window over a whole series, as training sees it, against the process walking over the same series step by step.

const told: string[] = [];
afterAll(() => console.log(told.join("\n")));

const COUNTS = ["negative-binomial", "categorical"];

const CASES: [string, NetworkOptions, Panel][] = [
  ["normal", { likelihood: "normal" }, seasonalPanel(1, 70, 5)],
  ["student-t", { categories: ["id"] }, seasonalPanel(1, 60)],
  ["negative-binomial", { likelihood: "negative-binomial" }, countPanel(1, 60)],
  ["categorical", { likelihood: "categorical", tokens: "counts" }, countPanel(1, 60)],
];

describe.each(TESTED)("$name", (tested) => {
  test.each(CASES)("stepwise equals the teacher-forced pass to 1e-6: %s", (likelihood, options, panel) => {
    const {
      make,
      family: { process },
    } = tested;
    const series = panel[0]!;
    const n = series.y.length;
    const horizon = Math.floor(n / 2);
    const all = { hidden: 12, epochs: 3, batches: 8, horizon, context: n - horizon, ...options };
    const { params } = make(all).fit(series) as NetworkFitted;
    const taught = teacherForced(tested, params, panel, all);
    const none = new Float64Array(0);
    let state = process.start(params, series);
    let [location, density] = [0, 0];
    for (let t = 0; t < n; t++) {
      const y = series.y[t]!;
      const conditional = process.conditional(params, state, none);
      if (t > 0) {
        const { scale, raw } = taught.at(t);
        const counts = COUNTS.includes(likelihood);
        density += conditional.logDensity(y) + (counts ? 0 : Math.log(scale));
        const middle = conditional.quantile(0.5);
        // Values on the bound of 0 stand for any location below it.
        if (!counts && middle > 0) location = Math.max(location, Math.abs(middle / scale - raw));
      }
      state = process.advance(params, state, y, none);
    }
    const error = Math.abs(taught.logLikelihood - density) / (n - 1);
    const places = COUNTS.includes(likelihood) ? "" : `location ${location.toExponential(1)}, `;
    told.push(
      `${tested.name}, stepwise against teacher-forced, ${likelihood}: ${places}log-likelihood a value ${error.toExponential(1)}`,
    );
    expect(location).toBeLessThan(1e-6);
    expect(error).toBeLessThan(1e-6);
  });
});

/** One pass over rows 1 to the last of a lone series; nothing is held back, so that every value counts. */
function teacherForced(
  { family, form }: Tested,
  params: NetworkParams,
  panel: Panel,
  options: NetworkOptions,
) {
  const { plan, config, data } = prepare(family, panel, settingsOf(form, options), 1);
  const rows = panel[0]!.y.length - 1;
  expect(plan.steps).toBe(rows);
  const net = network(plan.shape);
  const memory = arena();
  const weights = memory.take(net.size);
  const at = tape(net, memory, plan.steps, 4);
  const kernel = loadKernel("strict", memory.size);
  kernel.cells.set(params.weights, weights);
  const whole = { ...data, stretches: data.stretches.map((stretch) => ({ ...stretch, held: 0 })) };
  const source = windowSource(config, whole, { batch: 8, horizon: rows + 1, scheduled: 0 });
  expect(source.validate(kernel, at, 0, 0)).toBe(rows);
  forward(kernel, net, weights, at, null);
  const logLikelihood = -loss(kernel, plan.likelihood, at);
  const column = plan.likelihood === "student-t" ? 1 : 0;
  return {
    logLikelihood,
    /** The scale and the raw location of row t. */
    at(t: number) {
      const cell = (t - 1) * at.rows;
      return {
        scale: kernel.cells[at.scale + cell]!,
        raw: kernel.cells[at.raw + cell * RAW_WIDTH + column]!,
      };
    },
  };
}
