import { cholesky, solveCholesky } from "../../../math/linear-algebra/cholesky.js";
import { RAW_WIDTH } from "../../../neural/heads/head.js";
import { log64 } from "../../../neural/kernel/twin/double.js";
import type { HeadStart } from "../../../neural/network.js";
import type { NetworkConfig } from "../data/config.js";
import type { Dataset } from "../data/dataset.js";
import { type Tokens, tokenCount, tokenOf } from "../data/tokens.js";

/** Rows the regression is made from, spread evenly over the panel. */
const MOST_ROWS = 20_000;
/** Standardised values beyond this count as this much. */
const WIDEST = 10;
const RIDGE = 1e-6;
const LEAST_DEVIATION = 1e-3;

/**
 * The autoregression of the panel by least squares, on values in units of their scale: where the head's direct weights
 * and biases start. Lags are nearly collinear, and gradient steps alone would take very long to get there.
 *
 * Null for counts, whose mean is not linear in the head's outputs.
 */
export function linearStart(config: NetworkConfig, data: Dataset): HeadStart | null {
  if (config.likelihood === "negative-binomial") return null;
  if (config.tokens !== undefined) return tokenStart(config, config.tokens, data);
  const width = config.lags.length + 1;
  const sums = normalEquations(config, data);
  const coefficients = solveRidge(sums, width);
  const deviation = Math.max(LEAST_DEVIATION, residualDeviation(sums, coefficients, width));
  const [location, scale] = config.likelihood === "student-t" ? [1, 2] : [0, 1];
  const direct = new Array<number>(RAW_WIDTH * config.lags.length).fill(0);
  const bias = new Array<number>(RAW_WIDTH).fill(0);
  for (let j = 0; j < config.lags.length; j++) direct[RAW_WIDTH * j + location] = coefficients[j]!;
  bias[location] = coefficients[width - 1]!;
  bias[scale] = deviation + Math.log(-Math.expm1(-deviation));
  return { direct, bias };
}

/** Shares of the tokens over the panel. */
function tokenStart(config: NetworkConfig, tokens: Tokens, data: Dataset): HeadStart {
  const counts = new Float64Array(tokenCount(tokens)).fill(0.5);
  for (let i = 0; i < data.values.length; i++) {
    if (data.targets[i] === 0) continue;
    const value = data.values[i]!;
    counts[tokenOf(tokens, value, value * data.perScale[i]!)]! += 1;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const direct = new Array<number>(counts.length * config.lags.length).fill(0);
  return { direct, bias: Array.from(counts, (count) => log64(count / total)) };
}

/** X'X, X'z, z'z and how many rows; the last column of X is 1. */
interface Sums {
  readonly gram: Float64Array;
  readonly moments: Float64Array;
  readonly square: number;
  readonly rows: number;
}

function normalEquations(config: NetworkConfig, data: Dataset): Sums {
  const back = Int32Array.from(config.lags).reverse();
  const width = back.length + 1;
  const gram = new Float64Array(width * width);
  const moments = new Float64Array(width);
  const x = new Float64Array(width).fill(1);
  const stride = Math.max(1, Math.ceil(data.targets.reduce((sum, w) => sum + w, 0) / MOST_ROWS));
  let [square, rows, seen] = [0, 0, 0];
  for (const { offset, first, held } of data.stretches) {
    for (let i = offset + first; i < offset + held; i++) {
      if (data.targets[i] === 0 || seen++ % stride !== 0) continue;
      const per = data.perScale[i]!;
      for (let j = 0; j < back.length; j++) x[j] = trim(data.values[i - back[j]!]! * per);
      const z = trim(data.values[i]! * per);
      for (let j = 0; j < width; j++) {
        for (let k = 0; k <= j; k++) gram[j * width + k]! += x[j]! * x[k]!;
        moments[j]! += x[j]! * z;
      }
      square += z * z;
      rows++;
    }
  }
  return { gram, moments, square, rows };
}

function trim(z: number): number {
  return Math.max(-WIDEST, Math.min(WIDEST, z));
}

/** The ridge is a millionth of the mean diagonal entry, and grows where that is not enough. */
function solveRidge({ gram, moments }: Sums, width: number): Float64Array {
  let trace = 0;
  for (let j = 0; j < width; j++) trace += gram[j * width + j]!;
  for (let share = RIDGE; share <= 1; share *= 10) {
    const factor = gram.slice();
    for (let j = 0; j < width; j++) factor[j * width + j]! += share * (trace / width);
    if (Number.isNaN(cholesky(factor, width, 1e-12))) continue;
    const solution = moments.slice();
    solveCholesky(factor, width, solution);
    return solution;
  }
  return new Float64Array(width);
}

/** From z'z − 2b'X'z + b'X'Xb. */
function residualDeviation({ gram, moments, square, rows }: Sums, b: Float64Array, width: number): number {
  let sum = square;
  for (let j = 0; j < width; j++) {
    sum -= 2 * b[j]! * moments[j]!;
    for (let k = 0; k < width; k++) sum += b[j]! * b[k]! * gram[Math.max(j, k) * width + Math.min(j, k)]!;
  }
  return Math.sqrt(Math.max(0, sum) / Math.max(1, rows));
}
