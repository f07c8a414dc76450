// The numeric kernel as one WebAssembly module; `build/kernel.js` compiles it.
export { affine, product } from "./products/product";
export { accumulate, addScaledRows, blend, columnSums, dropout, mixRows, multiply, tileRows, transpose } from "./rows";
export { cellBackward, cellForward } from "./lstm";
export { adam, sumOfSquares } from "./adam";
export { normalLoss, normalSample, studentTLoss, studentTSample } from "./heads";
export { negativeBinomialLoss } from "./counts";
export { gateBackward, gateForward, rectify, rectifyBackward } from "./gates";
export { normalise, normaliseBackward } from "./normalise";
export { attendBackward, attendForward } from "./attention";
export { categoricalLoss } from "./tokens";
