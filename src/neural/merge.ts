import { RAW_WIDTH } from "./heads/head.js";
import { type Network, type NetworkShape, network } from "./network.js";

/** The shape of so many networks side by side. */
export function mergedShape(shape: NetworkShape, members: number): NetworkShape {
  return { ...shape, hidden: members * shape.hidden };
}

/**
 * One network whose raw outputs are the means of those of several networks of one shape: their LSTMs side by side without
 * a connection between them, their heads averaged.
 *
 * @param shape of each member; without categories, whose embeddings have no place side by side.
 */
export function mergeNetworks(members: readonly Float32Array[], shape: NetworkShape): Float32Array {
  const one = network(shape);
  const all = network(mergedShape(shape, members.length));
  const merged = new Float32Array(all.size);
  members.forEach((weights, k) => {
    for (let l = 0; l < shape.layers; l++) placeLstm(weights, one, merged, all, l, k);
    addHead(weights, one, merged, all, k, members.length);
  });
  return merged;
}

/** Gate g of unit j of member k is that of unit k·hidden + j; it reads the member's own units only. */
function placeLstm(
  from: Float32Array,
  one: Network,
  to: Float32Array,
  all: Network,
  l: number,
  k: number,
): void {
  const [source, target] = [one.lstm[l]!, all.lstm[l]!];
  const [width, wide] = [4 * source.hidden, 4 * target.hidden];
  const offset = k * source.hidden;
  const copyRow = (sourceRow: number, targetRow: number): void => {
    for (let gate = 0; gate < 4; gate++) {
      const at = sourceRow + gate * source.hidden;
      to.set(from.subarray(at, at + source.hidden), targetRow + gate * target.hidden + offset);
    }
  };
  for (let r = 0; r < source.inputs; r++) {
    const row = l === 0 ? r : offset + r;
    copyRow(source.inputWeight + r * width, target.inputWeight + row * wide);
  }
  for (let r = 0; r < source.hidden; r++) {
    copyRow(source.hiddenWeight + r * width, target.hiddenWeight + (offset + r) * wide);
  }
  copyRow(source.bias, target.bias);
}

function addHead(
  from: Float32Array,
  one: Network,
  to: Float32Array,
  all: Network,
  k: number,
  count: number,
): void {
  const own = one.shape.hidden * RAW_WIDTH;
  for (let i = 0; i < own; i++) to[all.head.weight + k * own + i] = from[one.head.weight + i]! / count;
  for (let i = 0; i < RAW_WIDTH; i++) to[all.head.bias + i]! += from[one.head.bias + i]! / count;
  for (let i = 0; i < one.shape.direct * RAW_WIDTH; i++) to[all.direct + i]! += from[one.direct + i]! / count;
}
