import { random, type Series, series } from "../../../src/index.js";
import { readDataset } from "../../../src/node.js";

const dataset = async (name: string): Promise<Series> => (await readDataset(name)).panel[0]!;

export const passengers = await dataset("airpassengers");
export const sunspots = await dataset("sunspot_year");
export const nile = await dataset("nile");
export const lynx = await dataset("lynx");

export const values = passengers.y;

/** Ten weeks of hours with a day, a weekend and noise in them. */
const noise = random(1);
export const load = series(
  Array.from({ length: 1680 }, (_, t) => {
    const day = 20 * Math.sin((2 * Math.PI * t) / 24);
    const weekend = Math.floor(t / 24) % 7 >= 5 ? -25 : 0;
    return 100 + day + weekend + 12 * (noise.uniform() - 0.5);
  }),
  { start: "2024-01-01T00:00", frequency: "H", id: "load" },
);
export const hourlyLoad = load;

/** What a script has open already. */
export const panel = [passengers, nile];
export const anotherSeries = passengers;
export const controller = new AbortController();
export const train = [passengers].map((whole) => series(whole.y.slice(0, 132), { period: 12, id: whole.id }));
export const test = [passengers].map((whole) => series(whole.y.slice(132), { period: 12, id: whole.id }));
