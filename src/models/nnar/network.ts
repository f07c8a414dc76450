import { logistic } from "../../math/special-functions/logistic.js";

/** How many inputs and hidden units a network has. */
export interface Layout {
  readonly inputs: number;
  readonly hidden: number;
}

/** Weights into the hidden units: for each its bias and a weight an input. */
export function innerCount({ inputs, hidden }: Layout): number {
  return hidden * (inputs + 1);
}

/** Weights of a network: for each hidden unit its bias and a weight an input, then the bias of the output and a weight a unit. */
export function weightCount({ inputs, hidden }: Layout): number {
  return hidden * (inputs + 2) + 1;
}

/** g(x) = b + Σ_j v_j σ(b_j + w_j'x). */
export function output({ inputs, hidden }: Layout, weights: Float64Array, x: Float64Array): number {
  const outer = hidden * (inputs + 1);
  let sum = weights[outer]!;
  let own = 0;
  for (let j = 1; j <= hidden; j++) {
    let into = weights[own++]!;
    for (let i = 0; i < inputs; i++) into += weights[own++]! * x[i]!;
    sum += weights[outer + j]! * logistic(into);
  }
  return sum;
}

/** The mean of networks of one layout, which is one network of all their units. */
export function averaged({ inputs, hidden }: Layout, networks: readonly Float64Array[]): Float64Array {
  const count = networks.length;
  const all = { inputs, hidden: count * hidden };
  const weights = new Float64Array(weightCount(all));
  const own = hidden * (inputs + 1);
  const outer = count * own;
  networks.forEach((network, k) => {
    weights.set(network.subarray(0, own), k * own);
    weights[outer] = weights[outer]! + network[own]! / count;
    for (let j = 0; j < hidden; j++) weights[outer + 1 + k * hidden + j] = network[own + 1 + j]! / count;
  });
  return weights;
}
