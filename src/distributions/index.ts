export type { Transform } from "../math/transform.js";
export { crps } from "./crps.js";
export { type Diffuse, diffuse } from "./diffuse.js";
export { type Empirical, empirical } from "./empirical.js";
export { type Mixture, mixture } from "./mixture.js";
export { type NegativeBinomial, negativeBinomial } from "./negative-binomial.js";
export { type Normal, normal } from "./normal.js";
export { type StudentT, studentT } from "./student-t.js";
export { type Transformed, transformed } from "./transformed.js";
