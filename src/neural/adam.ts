import type { Kernel } from "./kernel/kernel.js";

// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) after clipping the gradient's norm.

export interface AdamOptions {
  readonly learningRate: number;
  readonly slow: number;
  readonly weightDecay: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
}

/** Addresses of equally long blocks: weights, the first and second moments of their gradients. */
export interface AdamBlocks {
  readonly size: number;
  /** From this offset on weights move at `slow` times the learning rate. */
  readonly slowFrom: number;
  readonly weights: number;
  readonly first: number;
  readonly second: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** How far β₁ᵗ and β₂ᵗ have come. */
export interface AdamState {
  beta1Power: number;
  beta2Power: number;
}

export function adamState(): AdamState {
  return { beta1Power: 1, beta2Power: 1 };
}

/**
 * One step along `gradient`, divided by `count` first; returns the norm of the divided gradient before clipping.
 */
export function adamStep(
  kernel: Kernel,
  blocks: AdamBlocks,
  state: AdamState,
  gradient: number,
  count: number,
  { learningRate, slow, weightDecay, clip }: AdamOptions,
): number {
  const norm = Math.sqrt(kernel.sumOfSquares(blocks.size, gradient)) / count;
  const shrink = norm > clip ? clip / norm : 1;
  state.beta1Power *= BETA1;
  state.beta2Power *= BETA2;
  const { size, slowFrom, weights, first, second } = blocks;
  const move = (from: number, to: number, rate: number): void => {
    kernel.adam(
      to - from,
      weights + from,
      gradient + from,
      first + from,
      second + from,
      shrink / count,
      1 - rate * weightDecay,
      BETA1,
      BETA2,
      rate / (1 - state.beta1Power),
      1 / Math.sqrt(1 - state.beta2Power),
      EPSILON,
    );
  };
  move(0, slowFrom, learningRate);
  move(slowFrom, size, slow * learningRate);
  return norm;
}
