export { DEEPAR, DEEPAR_FORM, type DeepArOptions, deepArModel, deepar } from "./deepar.js";
