export { autoArima, autoArimaModel } from "./model.js";
export type { AutoArimaOptions } from "./options.js";
export { usualAutoArima } from "./usual.js";
