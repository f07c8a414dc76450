import type { Process, Replay } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { transformed } from "../../distributions/derived/transformed.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { replay, replayStepwise } from "../../engine/replay.js";
import { rollStepwise } from "../../engine/roll.js";
import { forward, forwardLogDerivative, inverse, type Transform, upperEdge } from "../../math/transform.js";

export interface TransformedParams<P> {
  readonly transform: Transform;
  readonly inner: P;
}

const KIND = "transformed:";

/**
 * A process seen through a change of scale: the inner process lives on x = forward(y). Its conditional is that of y,
 * so likelihoods carry the Jacobian, means are means (not back-transformed medians), and quantiles are exact.
 */
export function transformedProcess<P, S>(inner: Process<P, S>): Process<TransformedParams<P>, S> {
  const process: Process<TransformedParams<P>, S> = {
    kind: `${KIND}${inner.kind}`,
    start: ({ inner: params }, series) => inner.start(params, series),
    conditional: ({ inner: params, transform }, state, input) =>
      transformed(inner.conditional(params, state, input), transform),
    advance: ({ inner: params, transform }, state, y, input) =>
      inner.advance(params, state, onScale(transform, y), input),
    ahead({ inner: params, transform }, state, inputs) {
      const marginals = inner.ahead?.(params, state, inputs) ?? bySampling();
      return marginals === null ? null : marginals.map((marginal) => transformed(marginal, transform));
    },
    rollMany(params, state, inputs, streams) {
      const { transform } = params;
      // Where the scale has an end, each draw is cut there before it is fed back.
      if (inner.rollMany === undefined || upperEdge(transform) < Number.POSITIVE_INFINITY)
        return rollStepwise(process, params, state, inputs, streams);
      const paths = inner.rollMany(params.inner, state, inputs, streams);
      return { ...paths, values: backToData(paths.values, transform) };
    },
  };
  return process;
}

/** A value on the model's scale; missing where it has no place there, as 0 among logarithms: its density is 0, and the state cannot learn from it. */
function onScale(transform: Transform, y: number): number {
  const value = Number.isNaN(y) ? y : forward(transform, y);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The inner kind of a transformed process, or null where it is none. */
export function innerKind(kind: string): string | null {
  return kind.startsWith(KIND) ? kind.slice(KIND.length) : null;
}

/** The series on the model's scale. */
export function transformSeries(series: Series, transform: Transform): Series {
  return { ...series, y: series.y.map((value) => (Number.isNaN(value) ? value : forward(transform, value))) };
}

/** Values of the model's scale on the data's scale. */
function backToData(values: Float64Array, transform: Transform): Float64Array {
  return values.map((value) => inverse(transform, value));
}

/**
 * log p(y) = log p(x) + Σ log |dx/dy| over the values that had a prediction. Where the scale has an end, each
 * conditional is cut there too, which only the plain replay knows.
 */
export function transformedLogLikelihood<P, S>(
  inner: Process<P, S>,
  { inner: params, transform }: TransformedParams<P>,
  series: Series,
): number {
  if (upperEdge(transform) < Number.POSITIVE_INFINITY) {
    return replayStepwise(transformedProcess(inner), { inner: params, transform }, series).logLikelihood;
  }
  const { logLikelihood, fitted }: Replay<S> = replay(inner, params, transformSeries(series, transform));
  return series.y.reduce(
    (sum, y, t) =>
      Number.isNaN(y) || Number.isNaN(fitted[t]!) ? sum : sum + forwardLogDerivative(transform, y),
    logLikelihood,
  );
}
