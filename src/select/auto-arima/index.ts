export { autoArima, autoArimaFamily } from "./family.js";
export type { AutoArimaOptions } from "./options.js";
