import type { Process } from "../../core/model.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { replay } from "../../engine/replay.js";
import { rollStepwise } from "../../engine/roll.js";
import { shifted } from "./shifted.js";

/** A season as it repeats after the series it was found in. */
export interface Cycle {
  readonly period: number;
  /** Its last `period` values, the first of them for the first value after the series. */
  readonly values: Float64Array;
}

export interface SeasonalParams<P> {
  /** What the seasons add to each value of the series they were found in. */
  readonly path: Float64Array;
  readonly cycles: readonly Cycle[];
  readonly inner: P;
}

export interface SeasonalState<S> {
  readonly inner: S;
  /** Values so far. */
  readonly count: number;
}

const KIND = "seasonal:";

/** What the seasons add to the value after `count` others. */
export function seasonAt({ path, cycles }: SeasonalParams<unknown>, count: number): number {
  if (count < path.length) return path[count]!;
  let sum = 0;
  for (const { period, values } of cycles) sum += values[(count - path.length) % period]!;
  return sum;
}

/** A process of seasonally adjusted values with the seasons put back; after the series each repeats its last cycle. */
export function seasonalProcess<P, S>(inner: Process<P, S>): Process<SeasonalParams<P>, SeasonalState<S>> {
  const process: Process<SeasonalParams<P>, SeasonalState<S>> = {
    kind: `${KIND}${inner.kind}`,
    start: (params, series) => ({ inner: inner.start(params.inner, series), count: 0 }),
    conditional: (params, state, input) =>
      shifted(inner.conditional(params.inner, state.inner, input), seasonAt(params, state.count)),
    advance: (params, state, y, input) => ({
      inner: inner.advance(params.inner, state.inner, y - seasonAt(params, state.count), input),
      count: state.count + 1,
    }),
    ahead(params, state, inputs) {
      const marginals = inner.ahead?.(params.inner, state.inner, inputs) ?? bySampling();
      if (marginals === null) return null;
      return marginals.map((marginal, h) => shifted(marginal, seasonAt(params, state.count + h)));
    },
    means(params, state, inputs) {
      const own = inner.means?.(params.inner, state.inner, inputs) ?? null;
      return own === null ? null : own.map((mean, h) => mean + seasonAt(params, state.count + h));
    },
    rollMany(params, state, inputs, streams) {
      if (inner.rollMany === undefined) return rollStepwise(process, params, state, inputs, streams);
      const paths = inner.rollMany(params.inner, state.inner, inputs, streams);
      const seasons = inputs.map((_, h) => seasonAt(params, state.count + h));
      return { ...paths, values: paths.values.map((value, at) => value + seasons[at % paths.horizon]!) };
    },
    parts(params, state) {
      const own = inner.parts?.(params.inner, state.inner) ?? {};
      return { ...own, season: seasonAt(params, Math.max(0, state.count - 1)) };
    },
    replayMany(params, series) {
      const y = series.y.map((value, t) => value - seasonAt(params, t));
      const replayed = replay(inner, params.inner, { ...series, y });
      return {
        ...replayed,
        state: { inner: replayed.state, count: series.y.length },
        fitted: replayed.fitted.map((value, t) => value + seasonAt(params, t)),
      };
    },
  };
  return process;
}

/** The inner kind of a seasonal process, or null where it is none. */
export function seasonalKind(kind: string): string | null {
  return kind.startsWith(KIND) ? kind.slice(KIND.length) : null;
}
