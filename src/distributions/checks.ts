import { show } from "../core/checks.js";
import { numericalError } from "../core/errors.js";

/** @throws YuleError `bad-probability` unless 0 <= p <= 1. */
export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) {
    throw numericalError("bad-probability", "p", p, `A probability must lie from 0 to 1, not ${show(p)}.`);
  }
}

/** @throws YuleError `bad-<name>` unless `value` is a finite number. */
export function requireFinite(kind: string, name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw numericalError(
      `bad-${name}`,
      name,
      value,
      `The ${name} of a ${kind} distribution must be finite, not ${show(value)}.`,
    );
  }
}

/** @throws YuleError `bad-<name>` unless `value` is finite and at least 0. */
export function requireNonNegative(kind: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw numericalError(
      `bad-${name}`,
      name,
      value,
      `The ${name} of a ${kind} distribution must be finite and at least 0, not ${show(value)}.`,
    );
  }
}
