export { DEEPAR, DEEPAR_FORM, type DeepArOptions, deepArModel } from "./deepar.js";
