import type { Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { replay } from "../../engine/replay.js";
import { onCircle } from "./circle.js";

/** Waves of one season: 1 to `count` in a period. */
export interface Harmonics {
  readonly period: number;
  readonly count: number;
}

export interface FourierParams<P> {
  readonly harmonics: readonly Harmonics[];
  readonly inner: P;
}

export interface FourierState<S> {
  readonly inner: S;
  /** Values so far. */
  readonly count: number;
}

const KIND = "fourier:";

/** R's names: S1-12, C1-12, S2-12 …; the sine of half the period is 0 everywhere and left out. */
export function waveNames(harmonics: readonly Harmonics[]): string[] {
  return harmonics.flatMap(({ period, count }) =>
    Array.from({ length: count }, (_, k) => k + 1).flatMap((k) =>
      2 * k === period ? [`C${k}-${period}`] : [`S${k}-${period}`, `C${k}-${period}`],
    ),
  );
}

/** The waves at row t, counted from 0; R counts from 1, and so do they. */
export function wavesAt(harmonics: readonly Harmonics[], t: number): number[] {
  const row: number[] = [];
  for (const { period, count } of harmonics) {
    for (let k = 1; k <= count; k++) {
      const { cos, sin } = onCircle(k * ((t + 1) % period), period);
      if (2 * k !== period) row.push(sin);
      row.push(cos);
    }
  }
  return row;
}

/** The waves of one season at the first n rows; a whole period repeats to the digit. */
function waveColumns({ period, count }: Harmonics, n: number): Float64Array[] {
  const columns: Float64Array[] = [];
  const own = Number.isInteger(period) ? Math.min(period, n) : n;
  for (let k = 1; k <= count; k++) {
    const sines = new Float64Array(n);
    const cosines = new Float64Array(n);
    for (let t = 0; t < own; t++) {
      const { cos, sin } = onCircle(k * ((t + 1) % period), period);
      sines[t] = sin;
      cosines[t] = cos;
    }
    for (let t = own; t < n; t++) {
      sines[t] = sines[t - own]!;
      cosines[t] = cosines[t - own]!;
    }
    if (2 * k !== period) columns.push(sines);
    columns.push(cosines);
  }
  return columns;
}

/** A series with the waves as further inputs. */
export function withWaves(series: Series, harmonics: readonly Harmonics[]): Series {
  const names = waveNames(harmonics);
  const columns = harmonics.flatMap((one) => waveColumns(one, series.y.length));
  return {
    ...series,
    inputs: { names: [...series.inputs.names, ...names], columns: [...series.inputs.columns, ...columns] },
  };
}

/** A process with inputs that are made from the time alone, and so reach into any future. */
export function fourierProcess<P, S>(inner: Process<P, S>): Process<FourierParams<P>, FourierState<S>> {
  const extended = (params: FourierParams<P>, t: number, input: Float64Array) =>
    Float64Array.from([...input, ...wavesAt(params.harmonics, t)]);
  const rows = (params: FourierParams<P>, state: FourierState<S>, inputs: readonly Float64Array[]) =>
    inputs.map((input, h) => extended(params, state.count + h, input));
  return {
    kind: `${KIND}${inner.kind}`,
    start: (params, series) => ({ inner: inner.start(params.inner, series), count: 0 }),
    conditional: (params, state, input) =>
      inner.conditional(params.inner, state.inner, extended(params, state.count, input)),
    advance: (params, state, y, input) => ({
      inner: inner.advance(params.inner, state.inner, y, extended(params, state.count, input)),
      count: state.count + 1,
    }),
    ahead: (params, state, inputs) =>
      inner.ahead?.(params.inner, state.inner, rows(params, state, inputs)) ?? bySampling(),
    means: (params, state, inputs) =>
      inner.means?.(params.inner, state.inner, rows(params, state, inputs)) ?? null,
    ...(inner.rollMany === undefined
      ? {}
      : {
          rollMany: (params, state, inputs, streams) =>
            inner.rollMany!(params.inner, state.inner, rows(params, state, inputs), streams),
        }),
    replayMany(params, series) {
      const replayed = replay(inner, params.inner, withWaves(series, params.harmonics));
      return { ...replayed, state: { inner: replayed.state, count: series.y.length } };
    },
  };
}

/** The inner kind of a Fourier process, or null where it is none. */
export function fourierKind(kind: string): string | null {
  return kind.startsWith(KIND) ? kind.slice(KIND.length) : null;
}
