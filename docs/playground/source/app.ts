import uPlot from "uplot";
import sample from "../../../datasets/airpassengers.csv";
import { drawChart } from "../../../src/report/page/chart.js";
import { download } from "../../../src/report/page/client.js";
import { asker } from "./ask.js";
import type { Answer } from "./messages.js";

(globalThis as { uPlot?: unknown }).uPlot = uPlot;

const ask = asker();
const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const selects = {
  time: find<HTMLSelectElement>("time"),
  value: find<HTMLSelectElement>("value"),
  id: find<HTMLSelectElement>("id"),
};
const series = find<HTMLSelectElement>("series");
const status = find<HTMLElement>("status");
let bytes = new Uint8Array();
let name = "data.csv";
let shown: (() => void) | null = null;
let file = { name: "forecast.csv", text: "" };

async function read(columns = { time: "", value: "", id: "" }): Promise<void> {
  tell("Reading…");
  const found = await ask({ kind: "read", bytes, name, columns });
  if (found.kind !== "read") return fail(found);
  for (const [role, select] of Object.entries(selects)) {
    fill(select, ["", ...found.columns], found.chosen[role as keyof typeof selects]);
  }
  fill(series, found.ids, found.ids[0] ?? "");
  find("choices").hidden = false;
  find("series-field").hidden = found.ids.length < 2;
  tell(found.sentences.join(" "));
  await run();
}

async function run(): Promise<void> {
  const horizon = find<HTMLInputElement>("horizon").value.trim();
  const model = find<HTMLInputElement>("model").value.trim() || "auto";
  find("run").toggleAttribute("disabled", true);
  tell(`${status.textContent ?? ""} Forecasting…`);
  const found = await ask({
    kind: "forecast",
    id: series.value,
    model,
    horizon: horizon === "" ? null : Number(horizon),
  });
  find("run").toggleAttribute("disabled", false);
  if (found.kind !== "forecast") return fail(found);
  tell(`${found.model} in ${found.seconds.toFixed(2)} s. ${found.notes.join(" ")}`);
  draw(found);
}

function draw(found: Extract<Answer, { kind: "forecast" }>): void {
  const result = find("result");
  result.hidden = false;
  const place = find("chart");
  find("caption").textContent = found.figure.title;
  find("plot").setAttribute(
    "aria-label",
    `Forecast of ${found.figure.title} by ${found.model}. Left and right arrows read the values.`,
  );
  shown?.();
  shown = drawChart(place, found.figure);
  const table = find<HTMLTableElement>("table");
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  for (const [at, text] of found.heads.entries()) {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (at > 0) cell.className = "number";
    cell.textContent = text;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of found.cells) {
    const line = body.insertRow();
    for (const [at, value] of row.entries()) {
      const cell = line.insertCell();
      if (at === 0) cell.className = "word";
      cell.textContent = value;
    }
  }
  const lines = [found.heads, ...found.rows].map((row) => row.map(csvCell).join(","));
  file = { name: "forecast.csv", text: `${lines.join("\n")}\n` };
}

function csvCell(value: string | number): string {
  return typeof value === "string" && /[",\n]/.test(value)
    ? `"${value.replaceAll('"', '""')}"`
    : String(value);
}

function fill(select: HTMLSelectElement, values: readonly string[], chosen: string): void {
  select.replaceChildren(
    ...values.map((value) => {
      const option = new Option(value === "" ? "none" : value, value);
      option.selected = value === chosen;
      return option;
    }),
  );
}

function tell(text: string): void {
  status.classList.remove("alarm");
  status.textContent = text;
}

function fail(found: Answer): void {
  status.classList.add("alarm");
  status.textContent = found.kind === "error" ? `${found.message} ${found.hint}` : "";
}

async function take(given: Blob & { readonly name?: string }): Promise<void> {
  bytes = new Uint8Array(await given.arrayBuffer());
  name = given.name ?? "data.csv";
  await read();
}

/** Starts what listens to the page. */
function start(): void {
  const input = find<HTMLInputElement>("file");
  input.addEventListener("change", () => input.files?.[0] && void take(input.files[0]));
  const drop = find("drop");
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const given = event.dataTransfer?.files[0];
    if (given !== undefined) void take(given);
  });
  for (const kind of ["dragenter", "dragleave", "drop"])
    addEventListener(kind, () => drop.classList.toggle("over", kind === "dragenter"));
  const pasted = find<HTMLTextAreaElement>("pasted");
  find("use").addEventListener("click", () => void take(new Blob([pasted.value])));
  find("sample").addEventListener("click", () => void take(new File([sample], "airpassengers.csv")));
  for (const select of Object.values(selects))
    select.addEventListener(
      "change",
      () => void read({ time: selects.time.value, value: selects.value.value, id: selects.id.value }),
    );
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  find("download").addEventListener("click", () => download(file));
}

start();
