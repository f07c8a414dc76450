// Save a fitted model, load it another night, take in what came since, and forecast without refitting.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { autoArima, forecast, load, save, slice, update } from "yule";
import { readDataset } from "yule/node";

const folder = mkdtempSync(join(tmpdir(), "yule-"));
const [lynx] = (await readDataset("lynx")).panel;
const early = slice(lynx, 0, 100);
const late = slice(lynx, 100);

writeFileSync(join(folder, "model.json"), save(autoArima().fit(early)));

const fitted = load(readFileSync(join(folder, "model.json"), "utf8"));
const updated = update(fitted, late);
console.log(updated.notation, "from", forecast(fitted, { horizon: 1 }).mean[0], "to", forecast(updated, { horizon: 1 }).mean[0]);
rmSync(folder, { recursive: true });
