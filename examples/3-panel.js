// Forecast many series. One that cannot be forecast is an outcome of its own; the others are not lost.
import { forecastAll, parseModel, series } from "yule";

const shops = ["north", "south", "west"].map((id, shop) =>
  series(
    Array.from({ length: 60 }, (_, month) => 100 + 20 * shop + month + 15 * Math.sin((2 * Math.PI * month) / 12)),
    { id, start: "2019-01", frequency: "M" },
  ),
);
const closed = series([Number.NaN, Number.NaN, Number.NaN], { id: "closed", start: "2019-01", frequency: "M" });

for (const outcome of await forecastAll([...shops, closed], parseModel("auto-ets"), { horizon: 3 })) {
  if (outcome.status === "ok") console.log(outcome.id, [...outcome.value.mean].map((value) => value.toFixed(1)).join(" "));
  else console.log(outcome.id, "failed:", outcome.error.message);
}
