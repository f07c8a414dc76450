export { autoEts, autoEtsModel } from "./model.js";
export type { AutoEtsOptions } from "./options.js";
