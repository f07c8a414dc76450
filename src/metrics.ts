/** The entry `yule/metrics`: measures of forecast error, and the test of Diebold and Mariano. */

export { type DieboldMariano, dieboldMariano } from "./evaluate/diebold-mariano.js";
export * from "./evaluate/measures.js";
