import type { Arena } from "../arena.js";
import type { CorePass, Dropout } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { dropoutBackward, dropoutForward } from "../layers/dropout.js";
import { type LinearLayer, linearBackward, linearForward } from "../layers/linear.js";
import { type Decoder, HEADS, type NormLayer, scoreScale, WIDENING } from "./attention-layout.js";

/** What one layer leaves for the way back; all but the shares are steps × rows × hidden, the inner layer wider. */
interface LayerTape {
  readonly x: number;
  readonly normed: number;
  readonly moments: number;
  readonly query: number;
  readonly keys: number;
  readonly values: number;
  readonly shares: number;
  readonly mixed: number;
  readonly middle: number;
  readonly middleNormed: number;
  readonly middleMoments: number;
  readonly inner: number;
  /** What dropout leaves of both parts, before they are added, and the masks. */
  readonly parts: readonly [number, number];
  readonly masks: readonly [number, number];
}

/**
 * A pass of the decoder over windows of `steps` steps. Each layer, N being layer normalisation:
 *
 * q, k, v = N(x)Q, N(x)K, N(x)V;  p_{ts} ∝ exp(q_t·k_s/√d + β_{t−s}) for t − span < s ≤ t;  a_t = Σ_s p_{ts} v_s;
 * x' = x + aO + o;  x'' = x' + max(0, N(x')F + f)G + g, which is the x of the next layer.
 */
export function attentionPass(net: Decoder, memory: Arena, steps: number, rows: number): CorePass {
  const { hidden, span, layers } = net;
  const all = steps * rows;
  const cells = all * hidden;
  const reach = Math.min(span, steps);
  const scale = scoreScale(hidden);
  const block = () => memory.take(cells);
  const tapes: LayerTape[] = layers.map(() => ({
    x: block(),
    normed: block(),
    moments: memory.take(2 * all),
    query: block(),
    keys: block(),
    values: block(),
    shares: memory.take(all * reach * HEADS),
    mixed: block(),
    middle: block(),
    middleNormed: block(),
    middleMoments: memory.take(2 * all),
    inner: memory.take(WIDENING * cells),
    parts: [block(), block()],
    masks: [block(), block()],
  }));
  const [top, topMoments, out, outGradient] = [block(), memory.take(2 * all), block(), block()];
  const [xGradient, partGradient, normedGradient] = [block(), block(), block()];
  const innerGradient = memory.take(WIDENING * cells);
  const [queryGradient, keyGradient, valueGradient] = [block(), block(), block()];
  const scratch = memory.take(span * HEADS);
  /** Those of the last way forward: gains are read again on the way back. */
  let weights = 0;

  const square = (kernel: Kernel, x: number, weight: number, to: number, accumulate: 0 | 1 = 0) =>
    kernel.product(all, hidden, hidden, x, hidden, 1, weight, hidden, to, hidden, accumulate);
  const slope = (kernel: Kernel, x: number, gradient: number, to: number) =>
    kernel.product(hidden, hidden, all, x, 1, hidden, gradient, hidden, to, hidden, 0);

  /** to = x + the part, of which dropout leaves out some. */
  function add(
    kernel: Kernel,
    tape: LayerTape,
    which: 0 | 1,
    dropout: Dropout | null,
    x: number,
    to: number,
  ): void {
    const part = tape.parts[which];
    if (dropout !== null)
      dropoutForward(kernel, dropout.rate, dropout.rng.fork(which), cells, part, tape.masks[which], part);
    kernel.cells.copyWithin(to, x, x + cells);
    kernel.accumulate(cells, part, to);
  }

  function forwardLayer(kernel: Kernel, parameters: number, l: number, dropout: Dropout | null): void {
    const layer = layers[l];
    const tape = tapes[l];
    const { x, normed, query, keys, values, mixed, middle, middleNormed, inner } = tape;
    const norm = ({ gain, bias }: NormLayer, from: number, moments: number, to: number) =>
      kernel.normalise(all, hidden, from, parameters + gain, parameters + bias, moments, to);
    norm(layer.before, x, tape.moments, normed);
    square(kernel, normed, parameters + layer.query, query);
    square(kernel, normed, parameters + layer.key, keys);
    square(kernel, normed, parameters + layer.value, values);
    const distance = parameters + layer.distance;
    kernel.attendForward(
      steps,
      rows,
      hidden,
      reach,
      scale,
      query,
      0,
      0,
      0,
      0,
      keys,
      values,
      rows,
      distance,
      tape.shares,
      mixed,
    );
    linearForward(kernel, layer.output, parameters, all, mixed, tape.parts[0]);
    add(kernel, tape, 0, dropout, x, middle);
    norm(layer.between, middle, tape.middleMoments, middleNormed);
    linearForward(kernel, layer.inner, parameters, all, middleNormed, inner);
    kernel.rectify(WIDENING * cells, inner, inner);
    linearForward(kernel, layer.outer, parameters, all, inner, tape.parts[1]);
    add(kernel, tape, 1, dropout, middle, l === layers.length - 1 ? top : tapes[l + 1].x);
  }

  /** The gradient of a part: that of the stream it was added to, through the mask. */
  function through(kernel: Kernel, tape: LayerTape, which: 0 | 1, dropped: boolean): void {
    kernel.cells.copyWithin(partGradient, xGradient, xGradient + cells);
    if (dropped) dropoutBackward(kernel, cells, tape.masks[which], partGradient);
  }

  return {
    entry: tapes[0].x,
    entryGradient: xGradient,
    out,
    outGradient,
    forward(kernel, parameters, dropout) {
      weights = parameters;
      layers.forEach((_, l) => {
        const own = dropout === null ? null : { rate: dropout.rate, rng: dropout.rng.fork(l) };
        forwardLayer(kernel, parameters, l, own);
      });
      const { gain, bias } = net.last;
      kernel.normalise(all, hidden, top, parameters + gain, parameters + bias, topMoments, out);
    },
    backward(kernel, gradients, transposed, dropped) {
      const norm = (
        { gain, bias }: NormLayer,
        x: number,
        moments: number,
        from: number,
        to: number,
      ): void => {
        kernel.cells.fill(0, gradients + gain, gradients + gain + hidden);
        kernel.cells.fill(0, gradients + bias, gradients + bias + hidden);
        const [onGain, onBias] = [gradients + gain, gradients + bias];
        kernel.normaliseBackward(all, hidden, x, weights + gain, moments, from, onGain, onBias, to);
      };
      const linear = (layer: LinearLayer, x: number, from: number, to: number, weight: number): void =>
        linearBackward(kernel, layer, gradients, all, x, from, { gradient: to, transposed: weight });
      kernel.cells.fill(0, xGradient, xGradient + cells);
      norm(net.last, top, topMoments, outGradient, xGradient);
      for (let l = layers.length - 1; l >= 0; l--) {
        const layer = layers[l];
        const tape = tapes[l];
        const [Q, K, V, O, F, G] = transposed.slice(6 * l, 6 * l + 6) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        through(kernel, tape, 1, dropped);
        linear(layer.outer, tape.inner, partGradient, innerGradient, G);
        kernel.rectifyBackward(WIDENING * cells, tape.inner, innerGradient);
        linear(layer.inner, tape.middleNormed, innerGradient, normedGradient, F);
        norm(layer.between, tape.middle, tape.middleMoments, normedGradient, xGradient);
        through(kernel, tape, 0, dropped);
        linear(layer.output, tape.mixed, partGradient, normedGradient, O);
        kernel.cells.fill(0, keyGradient, keyGradient + cells);
        kernel.cells.fill(0, valueGradient, valueGradient + cells);
        const distance = gradients + layer.distance;
        kernel.cells.fill(0, distance, distance + span * HEADS);
        const { query, keys, values, shares, normed } = tape;
        kernel.attendBackward(
          steps,
          rows,
          hidden,
          reach,
          scale,
          query,
          keys,
          values,
          shares,
          normedGradient,
          scratch,
          queryGradient,
          keyGradient,
          valueGradient,
          distance,
        );
        slope(kernel, normed, queryGradient, gradients + layer.query);
        slope(kernel, normed, keyGradient, gradients + layer.key);
        slope(kernel, normed, valueGradient, gradients + layer.value);
        square(kernel, queryGradient, Q, normedGradient);
        square(kernel, keyGradient, K, normedGradient, 1);
        square(kernel, valueGradient, V, normedGradient, 1);
        norm(layer.before, tape.x, tape.moments, normedGradient, xGradient);
      }
    },
  };
}
