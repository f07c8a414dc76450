import { type Layout, output } from "./network.js";
import { type InputScaling, type Scaling, standardised } from "./rows.js";

/** A network that reads lags and regressors, in the units of the values. */
export interface Network extends Scaling {
  /** Steps back of the values that are read, ascending. */
  readonly lags: readonly number[];
  readonly inputs: readonly InputScaling[];
  /** Units of the hidden layer, those of all networks together. */
  readonly hidden: number;
  readonly weights: Float64Array;
}

/** Predicts the value after others, with room for what the network reads. */
export class Predictor {
  private readonly layout: Layout;
  private readonly x: Float64Array;

  constructor(private readonly network: Network) {
    this.layout = { inputs: network.lags.length + network.inputs.length, hidden: network.hidden };
    this.x = new Float64Array(this.layout.inputs);
  }

  /** The prediction of what follows `values[end − 1]`. */
  predict(values: Float64Array, end: number, input: Float64Array): number {
    const { network, layout, x } = this;
    const { lags, inputs, weights, centre, scale } = network;
    for (let i = 0; i < lags.length; i++) x[i] = standardised(values[end - lags[i]!]!, network);
    for (let i = 0; i < inputs.length; i++) x[lags.length + i] = standardised(input[i]!, inputs[i]!);
    return centre + scale * output(layout, weights, x);
  }
}
