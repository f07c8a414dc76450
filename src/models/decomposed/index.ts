export { type FourierOptions, fourier, fourierModel, withFourier } from "./fourier.js";
export { type Harmonics, waveNames, wavesAt } from "./fourier-process.js";
export { mstl, mstlModel, type SeasonalFitted, type SeasonalOptions, withSeasons } from "./seasonal.js";
