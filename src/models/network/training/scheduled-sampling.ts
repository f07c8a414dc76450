import type { Rng } from "../../../core/random.js";
import { negativeBinomial } from "../../../distributions/families/negative-binomial.js";
import { RAW_WIDTH } from "../../../neural/heads/head.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import type { Tape } from "../../../neural/pass.js";
import { columnsOf, type NetworkConfig } from "../data/config.js";
import { drawToken } from "../stepping/categorical.js";
import { clamp, countParameters } from "../stepping/conditional.js";

/**
 * Scheduled sampling over a whole window at once (Duckworth et al. 2019): a share of the window's values, as later
 * steps see them among their lags, is replaced by draws from a first pass fed the true past.
 */
export function feedBack(config: NetworkConfig, share: number, kernel: Kernel, at: Tape, rng: Rng): void {
  drawAll(config, kernel, at, rng);
  const { cells } = kernel;
  const { count } = columnsOf(config);
  const back = [...config.lags].reverse();
  for (let k = 0; k < at.steps; k++) {
    for (let r = 0; r < at.rows; r++) {
      if (rng.uniform() >= share) continue;
      const cell = k * at.rows + r;
      const value = cells[at.draws + cell]!;
      back.forEach((lag, j) => {
        if (k + lag >= at.steps) return;
        const later = (k + lag) * at.rows + r;
        cells[at.x + later * count + j] = value / cells[at.scale + later]!;
      });
    }
  }
}

/** A draw for every value of the tape, in the units of the data. */
function drawAll(config: NetworkConfig, kernel: Kernel, at: Tape, rng: Rng): void {
  const { cells } = kernel;
  const [u, v] = at.uniforms;
  const n = at.steps * at.rows;
  if (config.likelihood === "negative-binomial") {
    for (let i = 0; i < n; i++) {
      const raw = at.raw + i * RAW_WIDTH;
      const { mean, dispersion } = countParameters([cells[raw]!, cells[raw + 1]!, 0], cells[at.scale + i]!);
      cells[at.draws + i] = clamp(config, negativeBinomial(mean, dispersion).sample(rng));
    }
    return;
  }
  if (config.tokens !== undefined) {
    for (let i = 0; i < n; i++) {
      const value = drawToken(config.tokens, cells, at.raw + i * at.outputs, cells[at.scale + i]!, rng);
      cells[at.draws + i] = clamp(config, value);
    }
    return;
  }
  for (let i = 0; i < n; i++) {
    cells[u + i] = rng.uniform();
    cells[v + i] = rng.uniform();
  }
  if (config.likelihood === "normal") kernel.normalSample(n, at.raw, u, v, at.draws);
  else kernel.studentTSample(n, at.raw, u, v, at.draws);
  for (let i = 0; i < n; i++) {
    cells[at.draws + i] = clamp(config, cells[at.draws + i]! * cells[at.scale + i]!);
  }
}
