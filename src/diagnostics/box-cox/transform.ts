import { show } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import { boxCoxForward, boxCoxInverse } from "../../math/transform.js";
import { toFloats, type Values } from "../values.js";

/**
 * Box-Cox transformation in the form of Bickel and Doksum: (sign(y)|y|^λ − 1)/λ, and log y for λ = 0.
 *
 * For λ > 0 values of any sign are allowed; for λ ≤ 0 they must be positive. Missing values (NaN) stay missing.
 *
 * @param y values in their own units.
 * @param lambda the exponent; 1 only shifts the series by −1.
 * @returns a new array.
 * @throws YuleError `bad-lambda`, `not-positive` where λ ≤ 0 meets a value ≤ 0, `infinite-value`.
 * @see G. E. P. Box, D. R. Cox (1964), J. R. Statist. Soc. B 26, 211-252; P. J. Bickel, K. A. Doksum (1981),
 *   J. Amer. Statist. Assoc. 76, 296-311.
 * @example boxCox([1, 10, 100], 0); // [0, 2.302585…, 4.605170…]
 */
export function boxCox(y: Values, lambda: number): Float64Array {
  requireLambda(lambda);
  const values = toFloats(y);
  if (lambda <= 0) requirePositive(values, `A Box-Cox transformation with lambda ${lambda}`);
  return values.map((value) => boxCoxForward(value, lambda));
}

/**
 * The inverse of {@link boxCox}: sign(λz + 1)|λz + 1|^(1/λ), and exp z for λ = 0.
 *
 * For λ < 0 no value is transformed to −1/λ or above; such z give Infinity, the limit from below.
 *
 * @param z transformed values; NaN stays NaN.
 * @returns the values on the original scale.
 * @throws YuleError `bad-lambda`, `infinite-value`.
 * @example inverseBoxCox(boxCox([1, 10, 100], 0.3), 0.3); // [1, 10, 100]
 */
export function inverseBoxCox(z: Values, lambda: number): Float64Array {
  requireLambda(lambda);
  return toFloats(z, "z").map((value) => boxCoxInverse(value, lambda));
}

/** @throws YuleError `bad-lambda`. */
/** @throws YuleError `bad-lambda` unless it is a finite number. */
export function requireLambda(lambda: number): void {
  if (Number.isFinite(lambda)) return;
  throw usageError("bad-lambda", "lambda", lambda, `Lambda must be a finite number, not ${show(lambda)}.`);
}

/** @throws YuleError `not-positive`. */
export function requirePositive(values: Float64Array, purpose: string): void {
  const at = values.findIndex((value) => value <= 0);
  if (at < 0) return;
  throw dataError(
    "not-positive",
    "y",
    values[at],
    `${purpose} needs values above 0, but value ${at + 1} is ${values[at]}; use a lambda above 0 or none.`,
  );
}
