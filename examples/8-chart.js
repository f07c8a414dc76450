// Draw a series with its forecast as an SVG file, without a browser.
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { autoEts, forecast } from "yule";
import { forecastSvg, readDataset } from "yule/node";

const { panel } = await readDataset("ukgas");
const ahead = forecast(autoEts().fit(panel[0]), { horizon: 8 });

const file = join(tmpdir(), "ukgas.svg");
const picture = await forecastSvg(panel[0], [ahead], { levels: [80, 95] });
await writeFile(file, picture);
console.log(`${file}: ${Math.round(picture.length / 1000)} kB, ${ahead.times[0]} to ${ahead.times.at(-1)}`);
