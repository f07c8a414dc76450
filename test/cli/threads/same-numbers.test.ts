import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../run.js";

const BIN = resolve(import.meta.dirname, "../../../bin/yule.js");
const at = folder();

/** One of every family, and of every way to wrap one. */
const MODELS = [
  ["naive", "drift", "mean", "snaive", "ses", "holt", "robust-ses", "theta(method=dynamic)"],
  ["croston(variant=sba)", "tsb", "adida", "imapa"],
  ["ar(auto)", "arima(0,1,1)(0,1,1)[12]", "auto-arima", "fourier(arima(1,0,0), harmonics=2)[12]"],
  ["ets(A,Ad,N)", "holt-winters", "auto-ets", "mstl(drift)[12]", "theta"],
  ["log(naive)", "box-cox(ses)", "bounded(ar(1), min=0)", "calibrated(naive)", "uncertain(ar(1))"],
  ["ensemble(ses,naive, weights=errors)", "auto"],
  ["deepar(hidden=4, layers=1, epochs=2)"],
].map((models) => models.flatMap((model) => ["-m", model]));

/** Positive series of several kinds; one with gaps, one of counts, one too short for most models. */
function panel(): string {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const rows = ["trend", "season", "gaps", "counts", "short"].flatMap((id) =>
    Array.from({ length: id === "short" ? 3 : 40 }, (_, t) => {
      const wave = 20 * Math.sin((2 * Math.PI * (t % 12)) / 12);
      const level = { trend: 50 + t, season: 60 + wave, gaps: 80 + wave, counts: 0, short: 9 }[id]!;
      const y = id === "counts" ? Math.floor(3 * uniform() * uniform()) : level + 10 * uniform();
      const month = `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
      return `${id},${month},${id === "gaps" && t % 7 === 3 ? "" : y}`;
    }),
  );
  return ["unique_id,ds,y", ...rows].join("\n");
}

function forecastWith(models: readonly string[], jobs: readonly string[]) {
  const argv = ["forecast", "panel.csv", "--id", "unique_id", ...models, "-n", "3", "--paths", "50"];
  const { status, stdout } = spawnSync(
    process.execPath,
    [BIN, ...argv, "--save", "models.json", "-f", "json", "-q", ...jobs],
    { cwd: at.path, encoding: "utf8", env: { PATH: process.env.PATH } },
  );
  return { status, stdout, models: at.read("models.json") };
}

test("every model says and saves the same, bit for bit, whatever the number of threads", () => {
  at.write("panel.csv", panel());
  for (const [group, models] of MODELS.entries()) {
    const one = forecastWith(models, ["--jobs", "1"]);
    expect([0, 4]).toContain(one.status);
    expect(one.stdout).toContain('"status": "ok"');
    for (const jobs of group === 0 ? [["--jobs", "2"], []] : [["--jobs", "2"]])
      expect(forecastWith(models, jobs), `${models.join(" ")} ${jobs.join(" ")}`).toEqual(one);
  }
}, 600_000);
