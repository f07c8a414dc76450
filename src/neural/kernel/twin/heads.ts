import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

type Heads = Pick<Kernel, "studentTLoss" | "normalLoss" | "studentTSample" | "normalSample">;

const LEAST_SCALE = 1.1920928955078125e-7;

/** Student-t and normal losses and draws over `cells`; the formulas stand in assembly/heads.ts. */
export function standardisedHeads(cells: Cells, arithmetic: Arithmetic): Heads {
  const { round, log, logOnePlus, sigmoid, softplus, cosineTurn, expMinusOne } = arithmetic;
  const PI = round(Math.PI);
  const HALF_LOG_2PI = round(0.9189385332046727);
  const scaleOf = (raw: number): number => Math.max(softplus(raw), LEAST_SCALE);
  return {
    studentTLoss(rows, raw, y, weight, gradient) {
      const sums = [0, 0, 0, 0];
      for (let r = 0; r < rows; r++) {
        const a = cells[raw + 4 * r];
        const b = cells[raw + 4 * r + 2];
        const w = cells[weight + r];
        const nu = round(softplus(a) + 2);
        const sigma = scaleOf(b);
        const x = round(nu * 0.5);
        const perSigma = round(1 / sigma);
        const perNu = round(1 / nu);
        const n1 = round(nu + 1);
        const z = round(round(cells[y + r] - cells[raw + 4 * r + 1]) * perSigma);
        const q = round(round(z * z) * perNu);
        const logQ = logOnePlus(q);
        const shrink = round(1 / round(1 + q));
        const qq = round(q * shrink);
        const constant = round(round(0.5 * log(round(nu * PI))) - arithmetic.gammaRatio(x));
        const loss = round(constant + round(log(sigma) + round(round(0.5 * n1) * logQ)));
        sums[r & 3] += round(loss * w);
        const dLocation = -round(round(n1 * z) * round(round(perSigma * perNu) * shrink));
        const dSigma = round(round(1 - round(n1 * qq)) * perSigma);
        let dNu = round(
          round(0.5 * round(logQ - arithmetic.gammaRatioSlope(x))) -
            round(round(0.5 * n1) * round(qq * perNu)),
        );
        dNu = round(dNu + round(0.5 * perNu));
        cells[gradient + 4 * r] = w * round(dNu * sigmoid(a));
        cells[gradient + 4 * r + 1] = w * dLocation;
        cells[gradient + 4 * r + 2] = w * round(dSigma * sigmoid(b));
        cells[gradient + 4 * r + 3] = 0;
      }
      return sums[0] + sums[2] + (sums[1] + sums[3]);
    },
    normalLoss(rows, raw, y, weight, gradient) {
      const sums = [0, 0, 0, 0];
      for (let r = 0; r < rows; r++) {
        const b = cells[raw + 4 * r + 1];
        const w = cells[weight + r];
        const sigma = scaleOf(b);
        const perSigma = round(1 / sigma);
        const z = round(round(cells[y + r] - cells[raw + 4 * r]) * perSigma);
        const zz = round(z * z);
        const loss = round(round(HALF_LOG_2PI + log(sigma)) + round(0.5 * zz));
        sums[r & 3] += round(loss * w);
        cells[gradient + 4 * r] = w * -round(z * perSigma);
        cells[gradient + 4 * r + 1] = w * round(round(round(1 - zz) * perSigma) * sigmoid(b));
        cells[gradient + 4 * r + 2] = 0;
        cells[gradient + 4 * r + 3] = 0;
      }
      return sums[0] + sums[2] + (sums[1] + sums[3]);
    },
    studentTSample(rows, raw, u, v, out) {
      for (let r = 0; r < rows; r++) {
        const nu = round(softplus(cells[raw + 4 * r]) + 2);
        const y = round(round(-2 * log(cells[u + r])) / nu);
        const radius = round(Math.sqrt(round(nu * expMinusOne(y))));
        const t = round(radius * cosineTurn(cells[v + r]));
        cells[out + r] = cells[raw + 4 * r + 1] + round(scaleOf(cells[raw + 4 * r + 2]) * t);
      }
    },
    normalSample(rows, raw, u, v, out) {
      for (let r = 0; r < rows; r++) {
        const radius = round(Math.sqrt(round(-2 * log(cells[u + r]))));
        const draw = round(radius * cosineTurn(cells[v + r]));
        cells[out + r] = cells[raw + 4 * r] + round(scaleOf(cells[raw + 4 * r + 1]) * draw);
      }
    },
  };
}
