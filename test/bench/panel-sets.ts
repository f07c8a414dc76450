import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Panel, type Series, series, slice } from "../../src/core/series.js";

/** A panel cut into what models may see and the windows they are scored on. */
export interface PanelSet {
  readonly name: string;
  readonly horizon: number;
  /** Whole series; the first `trained` rows of each are for training. */
  readonly panel: Panel;
  readonly trained: readonly number[];
  readonly windows: number;
}

interface Source {
  readonly folder: string;
  readonly only?: string;
  /** Of the dates; null where there are none. */
  readonly frequency: string | null;
  readonly period: number;
  /** Scored windows of `horizon` rows each, end to end. */
  readonly windows: number;
}

const SOURCES: Readonly<Record<string, Source>> = {
  "tourism-monthly": { folder: "tourism", only: "monthly", frequency: "M", period: 12, windows: 1 },
  pedestrian: { folder: "panels/pedestrian_hourly", frequency: "H", period: 24, windows: 7 },
  pjm: { folder: "panels/pjm_hourly", frequency: "H", period: 24, windows: 7 },
  traffic: { folder: "panels/traffic_speed_15min", frequency: "15min", period: 96, windows: 4 },
  web: { folder: "panels/web_traffic_daily", frequency: "D", period: 7, windows: 1 },
  load: { folder: "panels/load_halfhourly", frequency: null, period: 48, windows: 2 },
  carparts: { folder: "intermittent/carparts", frequency: "M", period: 12, windows: 1 },
};

export const SET_NAMES = Object.keys(SOURCES);

/**
 * @param back parts as long as the test part that are cut off the end: 0 scores on the official test part, 1 on the last
 *   rows of the training part, 2 on those before.
 * @param most series at most, evenly spread over the panel.
 * @returns null where the data are not there.
 */
export function loadPanel(
  root: string,
  name: string,
  back: number,
  most = Number.POSITIVE_INFINITY,
): PanelSet | null {
  const source = SOURCES[name];
  if (source === undefined || !existsSync(join(root, source.folder, "meta.csv"))) return null;
  const { frequency, period } = source;
  const rows = (file: string) => rowsOf(join(root, source.folder, file));
  const meta = rows("meta.csv").filter(([, written]) => (source.only ?? written) === written);
  const [train, test] = [columns(rows("train.csv.gz")), columns(rows("test.csv.gz"))];
  const horizon = Number(meta[0]![3]);
  const scored = source.windows * horizon;
  const whole: Series[] = meta.map(([id]) => {
    const { start, values } = train.get(id!)!;
    const all = [...values, ...test.get(id!)!.values];
    const dates = frequency === null ? {} : { start, frequency };
    return series(all.slice(0, all.length - back * scored), { id: id!, period, ...dates });
  });
  const long = whole.filter(({ y }) => y.length > 2 * scored);
  const count = Math.min(most, long.length);
  const before = (i: number) => Math.floor((i * count) / long.length);
  const panel = long.filter((_, i) => before(i + 1) > before(i));
  return { name, horizon, panel, windows: source.windows, trained: panel.map(({ y }) => y.length - scored) };
}

export function trainingPart({ panel, trained }: PanelSet): Panel {
  return panel.map((one, i) => slice(one, 0, trained[i]!));
}

function rowsOf(path: string): string[][] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
}

interface Column {
  readonly start: string;
  readonly values: number[];
}

function columns(rows: readonly string[][]): Map<string, Column> {
  const byId = new Map<string, Column>();
  for (const [id, time, value] of rows) {
    let column = byId.get(id!);
    if (column === undefined) {
      column = { start: time!, values: [] };
      byId.set(id!, column);
    }
    column.values.push(value === "" || value === undefined ? Number.NaN : Number(value));
  }
  return byId;
}
