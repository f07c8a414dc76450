export { type FourierFitted, type FourierOptions, fourier, fourierModel, withFourier } from "./fourier.js";
export { type FourierParams, type Harmonics, waveNames, wavesAt } from "./fourier-process.js";
export {
  mstl,
  mstlModel,
  type SeasonalDetails,
  type SeasonalFitted,
  type SeasonalOptions,
  withSeasons,
} from "./seasonal.js";
