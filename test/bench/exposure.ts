// Exposure bias: the errors of a network by steps ahead, given the observed past (teacher-forced) and given its own draws (rolled), trained
// without and with scheduled sampling; and what rounding its weights to half precision changes.
// Usage: YULE_DATA=<folder with tourism/> npm run accuracy -- exposure [--series 60 --epochs 60 --plot docs/images/exposure-bias.svg]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { toHalf } from "../../src/core/half.js";
import type { Fitted } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { forecast } from "../../src/engine/forecast.js";
import { update } from "../../src/engine/update.js";
import { outcomes } from "../../src/evaluate/outcome.js";
import type { NetworkParams } from "../../src/models/network/index.js";
import { deepar } from "../../src/select/neural.js";
import { loadPanel, trainingPart } from "./panel-sets.js";

const { values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    series: { type: "string", default: "60" },
    epochs: { type: "string", default: "60" },
    share: { type: "string", default: "0.3" },
    plot: { type: "string" },
  },
});

export async function main(): Promise<void> {
  const set = loadPanel(process.env.YULE_DATA ?? "data", "tourism-monthly", 0, Number(flags.series));
  if (set === null) {
    console.log(`Skipped: no panel tourism-monthly under YULE_DATA (${process.env.YULE_DATA ?? "not set"}).`);
    return;
  }
  const { panel, horizon } = set;
  const parts = trainingPart(set);
  const steps = Array.from({ length: horizon }, (_, h) => h);
  const scales = parts.map(seasonalScale);

  /** The mean over the series of absolute errors of medians at each step, in units of a seasonal naive forecast's. */
  const errors = (medians: (i: number) => ArrayLike<number>): number[] => {
    const sums = new Float64Array(horizon);
    parts.forEach(({ y }, i) => {
      const found = medians(i);
      for (const h of steps)
        sums[h]! += Math.abs(panel[i]!.y[y.length + h]! - found[h]!) / scales[i]! / parts.length;
    });
    return [...sums];
  };
  const rolled = (fits: readonly Fitted[]) =>
    errors((i) => forecast(fits[i]!, { horizon, paths: 500 }).distributions.map((one) => one.quantile(0.5)));
  const forced = (fits: readonly Fitted[]) =>
    errors((i) => {
      let fitted = fits[i]!;
      return steps.map((h) => {
        const median = fitted.process
          .conditional(fitted.params, fitted.state, new Float64Array(0))
          .quantile(0.5);
        fitted = update(fitted, [panel[i]!.y[parts[i]!.y.length + h]!]);
        return median;
      });
    });

  const lines: Line[] = [];
  for (const scheduled of [0, Number(flags.share)]) {
    const began = process.cpuUsage();
    const model = deepar({ epochs: Number(flags.epochs), scheduled });
    const fits = await model.fitPanel(parts, { rng: random(1), horizon });
    const { user, system } = process.cpuUsage(began);
    const name = scheduled === 0 ? "" : `, scheduled=${scheduled}`;
    lines.push({ name: `given the observed past${name}`, values: forced(fits) });
    lines.push({ name: `given its own draws${name}`, values: rolled(fits) });
    console.log(`${model.notation}: trained in ${((user + system) / 1e6).toFixed(0)} s of CPU`);
    if (scheduled === 0) compareHalf(fits);
  }
  for (const { name, values } of lines)
    console.log(
      `${name.padEnd(46)} mean ${mean(values).toFixed(3)}, by six steps ${[0, 6, 12, 18].map((h) => mean(values.slice(h, h + 6)).toFixed(3)).join(" ")}`,
    );
  if (flags.plot !== undefined) writeFileSync(flags.plot, drawing(lines));

  function compareHalf(fits: readonly Fitted[]): void {
    const { config, weights } = fits[0]!.params as NetworkParams;
    const params = { config, weights: weights.map(toHalf) };
    const scored = (all: readonly Fitted[]) => {
      const each = all.map((fitted, i) => {
        const { y } = parts[i]!;
        const ahead = forecast(fitted, { horizon, paths: 500 });
        const ends = panel[i]!.y.slice(y.length, y.length + horizon);
        const found = outcomes(ahead, ends, parts[i]!, [80, 95]);
        return mean(found.map((one) => Math.abs(one.actual - ahead.mean[one.step - 1]!))) / scales[i]!;
      });
      return mean(each);
    };
    const rounded = fits.map((fitted, i) => {
      const { state } = fitted.process.replayMany!(params, parts[i]!);
      return { ...fitted, params, state };
    });
    console.log(`MASE of means: single ${scored(fits).toFixed(4)}, half ${scored(rounded).toFixed(4)}`);
  }
}

interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

function seasonalScale({ y }: { readonly y: Float64Array }): number {
  let sum = 0;
  for (let t = 12; t < y.length; t++) sum += Math.abs(y[t]! - y[t - 12]!);
  return sum / (y.length - 12);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const SIZE = { width: 640, height: 360, left: 48, right: 16, top: 16, bottom: 96 };
const COLOURS = ["#4269d0", "#4269d0", "#d0682a", "#d0682a"];

/** Errors by steps ahead: the two trainings in two colours, errors given the observed past dashed. */
function drawing(lines: readonly Line[]): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const most = Math.max(...lines.flatMap(({ values }) => values));
  const count = lines[0]!.values.length;
  const x = (step: number) => left + ((step - 1) / (count - 1)) * (width - left - right);
  const y = (error: number) => top + (1 - error / most) * (height - top - bottom);
  const dash = (k: number) => (k % 2 === 0 ? ' stroke-dasharray="4 3"' : "");
  const marks = (at: readonly number[], draw: (value: number) => string) => at.map(draw).join("\n");
  const ticks = [0, 0.5, 1, 1.5, 2, 2.5, 3].filter((value) => value <= most);
  const paths = lines.map(({ values }, k) => {
    const points = values.map((value, h) => `${x(h + 1).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    return `<polyline points="${points}" fill="none" stroke="${COLOURS[k]}" stroke-width="1.6"${dash(k)}/>`;
  });
  const legend = lines.map(({ name }, k) => {
    const [at, row] = [left + (k % 2) * 290, height - 44 + Math.floor(k / 2) * 20];
    return `<line x1="${at}" x2="${at + 24}" y1="${row}" y2="${row}" stroke="${COLOURS[k]}" stroke-width="1.6"${dash(k)}/><text x="${at + 30}" y="${row + 4}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Scaled absolute errors of deepar by months ahead, given the observed past and given its own draws, without and with scheduled sampling">
<rect width="${width}" height="${height}" fill="white"/>
${marks(ticks, (value) => `<line x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#ddd"/><text x="${left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`)}
${marks(
  [1, 6, 12, 18, 24].filter((step) => step <= count),
  (step) => `<text x="${x(step).toFixed(1)}" y="${height - bottom + 16}" text-anchor="middle">${step}</text>`,
)}
<text x="${(left + width - right) / 2}" y="${height - bottom + 32}" text-anchor="middle">months ahead</text>
${paths.join("\n")}
${legend.join("\n")}
</svg>
`;
}
