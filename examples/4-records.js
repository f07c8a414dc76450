// Rows as a database driver gives them.
import { auto, forecast, fromRecords } from "yule";

const rows = Array.from({ length: 28 }, (_, day) => ({
  day: new Date(Date.UTC(2024, 0, 1 + day)),
  visits: 200 + 5 * day + (day % 7 >= 5 ? -60 : 0),
}));
const { panel, notes } = await fromRecords(rows, { time: "day", value: "visits" });
for (const { message } of notes) console.error(message);
const [visits] = panel;
console.log(visits.period, "days in a season");
console.log([...forecast(auto().fit(visits), { horizon: 7 }).mean].map(Math.round).join(" "));
