import type { Origin } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { timeAt, timeLabel } from "../../core/time/calendar.js";
import type { TimeAxis } from "../../core/time/time.js";
import { largestOf } from "../../math/extremes.js";
import type { Band, Picture } from "./picture.js";

/** A forecast to be drawn. */
export interface Drawn {
  readonly name: string;
  readonly mean: Float64Array;
  readonly bands: readonly Band[];
  readonly paths?: readonly ArrayLike<number>[];
  readonly origin: Origin;
}

/** The picture of a series and its forecasts; of the forecasts alone where the series is not at hand. */
export function pictureOf(title: string, series: Series | null, forecasts: readonly Drawn[]): Picture {
  const origin = forecasts[0]?.origin;
  const time = series?.time ?? origin?.time ?? null;
  const skipped = series === null ? (origin?.length ?? 0) : 0;
  const observed = series?.y.length ?? 0;
  const length =
    observed +
    largestOf(
      forecasts.map(({ mean }) => mean.length),
      0,
    );
  const dated = time !== null && time.frequency.unit !== "index";
  return {
    title,
    times: Array.from({ length }, (_, at) => labelAt(time, skipped + at)),
    instants: dated ? Array.from({ length }, (_, at) => timeAt(time, skipped + at).local) : null,
    history: series?.y ?? new Float64Array(0),
    curves: forecasts.map(({ name, mean, bands, paths }) => ({
      name,
      from: observed,
      mean,
      bands,
      ...(paths === undefined ? {} : { paths }),
    })),
  };
}

function labelAt(time: TimeAxis | null, index: number): string {
  return time === null ? String(index + 1) : timeLabel(time, index);
}
