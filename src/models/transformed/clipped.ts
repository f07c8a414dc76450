import type { Process } from "../../core/model.js";
import { clipped } from "../../distributions/derived/clipped.js";

export interface ClippedParams<P> {
  /** −Infinity for none. */
  readonly lower: number;
  /** Infinity for none. */
  readonly upper: number;
  readonly inner: P;
}

const KIND = "clipped:";

/**
 * A process whose values are taken to a bound when they would cross it, before they are fed back. For data that touch
 * their bounds (counts with zeros, shares that reach 1), where no change of scale is finite.
 */
export function clippedProcess<P, S>(inner: Process<P, S>): Process<ClippedParams<P>, S> {
  return {
    kind: `${KIND}${inner.kind}`,
    start: ({ inner: params }, series) => inner.start(params, series),
    conditional: ({ inner: params, lower, upper }, state, input) =>
      clipped(inner.conditional(params, state, input), lower, upper),
    advance: ({ inner: params }, state, y, input) => inner.advance(params, state, y, input),
  };
}

/** The inner kind of a clipped process, or null where it is none. */
export function clippedKind(kind: string): string | null {
  return kind.startsWith(KIND) ? kind.slice(KIND.length) : null;
}
