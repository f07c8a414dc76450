import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";
import { attention } from "./attention.js";
import { countHead } from "./counts.js";
import { exact } from "./exact.js";
import { gatedUnits } from "./gates.js";
import { standardisedHeads } from "./heads.js";
import { lstmCell } from "./lstm.js";
import { matrices } from "./matrices.js";
import { layerNorm } from "./normalise.js";
import { single } from "./single.js";
import { tokenHead } from "./tokens.js";

/**
 * The kernel in plain TypeScript: the fallback where WebAssembly is not allowed, and its oracle.
 *
 * Over float32 cells it gives the bits of the WebAssembly kernel; over float64 cells it computes without
 * shortcuts, for checking gradients.
 */
export function twin(cells: Cells): Kernel {
  const arithmetic: Arithmetic = cells instanceof Float32Array ? single : exact;
  return {
    cells,
    ...matrices(cells, arithmetic),
    ...lstmCell(cells, arithmetic),
    ...standardisedHeads(cells, arithmetic),
    ...countHead(cells),
    ...gatedUnits(cells, arithmetic),
    ...layerNorm(cells, arithmetic),
    ...attention(cells, arithmetic),
    ...tokenHead(cells, arithmetic),
  };
}
