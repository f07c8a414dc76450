import { cholesky, solveCholesky } from "../linear-algebra/cholesky.js";
import { copy, dot } from "../linear-algebra/vector.js";

/** The quadratic model of an objective around a point, and buffers for the steps it leads to. */
export class QuasiNewtonState {
  size = 0;
  trial = new Float64Array(0);
  direction = new Float64Array(0);
  slope = new Float64Array(0);
  step = new Float64Array(0);
  image = new Float64Array(0);
  change = new Float64Array(0);
  scale = new Float64Array(0);
  model = new Float64Array(0);
  factor = new Float64Array(0);

  fit(size: number): void {
    if (this.trial.length < size) {
      const most = Math.max(16, size);
      this.trial = new Float64Array(most);
      this.direction = new Float64Array(most);
      this.slope = new Float64Array(most);
      this.step = new Float64Array(most);
      this.image = new Float64Array(most);
      this.change = new Float64Array(most);
      this.scale = new Float64Array(most);
      this.model = new Float64Array(most * most);
      this.factor = new Float64Array(most * most);
    }
    this.size = size;
  }
}

/** Solves Bd = −g with as much added to the diagonal as makes B positive definite; returns g'B⁻¹g. */
export function newtonDirection(state: QuasiNewtonState): number {
  const { size, slope, direction } = state;
  let added = 0;
  while (!factorModel(state, added) && added < 1e8) added = Math.max(10 * added, 1e-6);
  solveModel(state);
  return -dot(slope, 0, direction, 0, size);
}

function factorModel(state: QuasiNewtonState, added: number): boolean {
  const { size, model, factor, scale } = state;
  copy(model, factor, 0, size * size);
  for (let i = 0; i < size; i++) factor[i * size + i] += added * scale[i];
  return !Number.isNaN(cholesky(factor, size, 1e-13));
}

function solveModel({ size, factor, slope, direction }: QuasiNewtonState): void {
  for (let i = 0; i < size; i++) direction[i] = -slope[i];
  solveCholesky(factor, size, direction);
}

/** Starts the model afresh from the curvature the objective supplies. */
export function restartModel(state: QuasiNewtonState, curvature: Float64Array, damping: number): void {
  const { size, model, scale } = state;
  copy(curvature, model, 0, size * size);
  for (let i = 0; i < size; i++) {
    scale[i] = Math.max(Math.abs(model[i * size + i]), 1e-6);
    model[i * size + i] += damping * scale[i];
  }
}

/** BFGS: B ← B − Bss'B/s'Bs + yy'/s'y, y moved towards Bs where the curvature along s is too small. */
export function updateModel(state: QuasiNewtonState): void {
  const { size, model, step, image, change } = state;
  let curved = 0;
  let modelled = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += model[i * size + j] * step[j];
    image[i] = sum;
    curved += step[i] * change[i];
    modelled += step[i] * sum;
  }
  if (!(modelled > 1e-300)) return;
  const share = curved < 0.2 * modelled ? (0.8 * modelled) / (modelled - curved) : 1;
  let damped = 0;
  for (let i = 0; i < size; i++) {
    change[i] = share * change[i] + (1 - share) * image[i];
    damped += step[i] * change[i];
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      model[i * size + j] += (change[i] * change[j]) / damped - (image[i] * image[j]) / modelled;
    }
  }
}
