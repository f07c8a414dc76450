export type { Transform } from "../math/transform.js";
export { crps } from "./crps.js";
export { type Mixture, mixture } from "./derived/mixture.js";
export { type Transformed, transformed } from "./derived/transformed.js";
export { type Diffuse, diffuse } from "./families/diffuse.js";
export { type Empirical, empirical } from "./families/empirical.js";
export { type NegativeBinomial, negativeBinomial } from "./families/negative-binomial.js";
export { type Normal, normal } from "./families/normal.js";
export { type StudentT, studentT } from "./families/student-t.js";
