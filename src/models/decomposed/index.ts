export { decomposedFamilies, fourierFamily, mstlFamily } from "./family.js";
export { type FourierOptions, withFourier } from "./fourier.js";
export { type Harmonics, waveNames, wavesAt } from "./fourier-process.js";
export { type SeasonalOptions, withSeasons } from "./seasonal.js";
