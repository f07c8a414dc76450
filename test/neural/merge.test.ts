import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { arena } from "../../src/neural/arena.js";
import { RAW_WIDTH } from "../../src/neural/heads/head.js";
import { twin } from "../../src/neural/kernel/twin/index.js";
import { mergedShape, mergeNetworks } from "../../src/neural/merge.js";
import { initialise, type NetworkShape, network } from "../../src/neural/network.js";
import { forward, tape } from "../../src/neural/pass.js";

const SHAPE: NetworkShape = { inputs: 8, hidden: 8, layers: 2, direct: 5, categories: [] };
const [STEPS, ROWS] = [6, 4];

function randomWeights(seed: number): Float32Array {
  const net = network(SHAPE);
  const cells = new Float32Array(net.size);
  const rng = random(seed);
  const noise = (count: number) => Array.from({ length: count }, () => rng.uniform() - 0.5);
  initialise(net, cells, 0, rng, { direct: noise(SHAPE.direct * RAW_WIDTH), bias: noise(RAW_WIDTH) });
  return cells;
}

/** Raw outputs on the same inputs, in float64. */
function outputs(weights: Float32Array, shape: NetworkShape): Float64Array {
  const net = network(shape);
  const memory = arena();
  const parameters = memory.take(net.size);
  const at = tape(net, memory, STEPS, ROWS);
  const kernel = twin(new Float64Array(memory.size));
  kernel.cells.set(weights, parameters);
  const rng = random(5);
  for (let i = 0; i < STEPS * ROWS * shape.inputs; i++) kernel.cells[at.x + i] = 2 * rng.uniform() - 1;
  forward(kernel, net, parameters, at, null);
  return Float64Array.from(kernel.cells.slice(at.raw, at.raw + STEPS * ROWS * RAW_WIDTH));
}

test.each([1, 2, 3])("the network merged of %i has the means of their outputs", (count) => {
  const members = Array.from({ length: count }, (_, k) => randomWeights(k));
  const merged = outputs(mergeNetworks(members, SHAPE), mergedShape(SHAPE, count));
  const alone = members.map((weights) => outputs(weights, SHAPE));
  merged.forEach((value, i) => {
    const mean = alone.reduce((sum, own) => sum + own[i]! / count, 0);
    expect(Math.abs(value - mean)).toBeLessThan(1e-6);
  });
  if (count > 1) expect(alone[0]).not.toEqual(alone[1]);
});
