import { type Rng, random } from "../../../src/index.js";

/** Files that the pages show commands with: sales one by one, sales by day, and the promotions behind them. */

const DAY = 86_400_000;
const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
const dayOf = (t: number) => new Date(Date.UTC(2021, 0, 1) + t * DAY).toISOString().slice(0, 10);

/** Each sale of two stores from January 2021 to June 2024, some ten a day, more in summer. */
export function salesLog(): string {
  const rng = random(7);
  const rows = ["sold_at,store,amount"];
  const end = Date.UTC(2024, 5, 17);
  let time = Date.UTC(2021, 0, 1);
  while (time < end) {
    const month = new Date(time).getUTCMonth();
    time += -Math.log(1 - rng.uniform()) * 2.5 * 3_600_000;
    const season = 1 - 0.5 * Math.cos((2 * Math.PI * month) / 12);
    const store = rng.uniform() < 0.6 ? "Berlin" : "Hamburg";
    rows.push(
      `${new Date(time).toISOString().slice(0, 19)},${store},${(season * (5 + 20 * rng.uniform())).toFixed(2)}`,
    );
  }
  return `${rows.join("\n")}\n`;
}

/** Three days of promotion every 80. */
const isPromoted = (t: number) => t % 80 >= 33 && t % 80 < 36;

/** Three years of sales by day: a week, promotions that sell 12 more, 30 fewer on 3 October, an autoregression around them. */
export function dailySales(): string {
  const rng = random(5);
  const week = [8, 15, -20, 0, 2, 3, 1];
  let x = 0;
  const rows = Array.from({ length: 1100 }, (_, t) => {
    x = 0.5 * x + 3 * normal(rng);
    const holiday = dayOf(t).endsWith("-10-03") ? -30 : 0;
    return `${dayOf(t)},${(100 + week[t % 7]! + (isPromoted(t) ? 12 : 0) + holiday + x).toFixed(2)}`;
  });
  return `date,sales\n${rows.join("\n")}\n`;
}

export function promotions(): string {
  const rows = Array.from({ length: 15 }, (_, k) => `${dayOf(80 * k + 33)},promotion,${dayOf(80 * k + 35)}`);
  return `date,name,until\n${rows.join("\n")}\n2030-01-01,opening,\n`;
}

/** Five years of monthly sales of five stores in two regions, with a season that all share. */
export function regionalSales(): string {
  const rng = random(11);
  const stores = ["North,Kiel", "North,Husum", "South,Ulm", "South,Passau", "South,Worms"];
  const rows = stores.flatMap((store, at) =>
    Array.from({ length: 60 }, (_, t) => {
      const month = `${2019 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")}`;
      const season = 8 * Math.sin((2 * Math.PI * t) / 12);
      return `${store},${month},${(40 + 15 * at + season + 3 * normal(rng)).toFixed(1)}`;
    }),
  );
  return `region,store,month,sales\n${rows.join("\n")}\n`;
}
