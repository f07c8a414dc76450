import type { Groups } from "./groups.js";

/** How often each distance between neighbouring rows occurs, in one series or in all. */
export class Distances {
  private readonly counts = new Map<number, number>();
  private lastValue = Number.NaN;
  private lastCount = 0;

  add(distance: number): void {
    if (distance === this.lastValue) {
      this.lastCount++;
      return;
    }
    this.flush();
    this.lastValue = distance;
    this.lastCount = 1;
  }

  /** Distances and their counts. */
  entries(): ReadonlyMap<number, number> {
    this.flush();
    return this.counts;
  }

  /** The most frequent distance, the smaller of equals; NaN where there is none. */
  mode(): number {
    let best = Number.NaN;
    let most = 0;
    for (const [distance, count] of this.entries()) {
      if (count > most || (count === most && distance < best)) {
        best = distance;
        most = count;
      }
    }
    return best;
  }

  /** Adds a run of equal distances at once; most series have one run, so the map is seldom touched. */
  private flush(): void {
    if (this.lastCount > 0)
      this.counts.set(this.lastValue, (this.counts.get(this.lastValue) ?? 0) + this.lastCount);
    this.lastCount = 0;
    this.lastValue = Number.NaN;
  }
}

/** Distances between neighbouring rows of one series on a ruler. */
export function distancesOf(groups: Groups, marks: Float64Array, series: number): Distances {
  const distances = new Distances();
  addDistances(distances, groups, marks, series);
  return distances;
}

/** Distances between neighbouring rows of all series on a ruler. */
export function allDistances(groups: Groups, marks: Float64Array): Distances {
  const distances = new Distances();
  for (let series = 0; series < groups.ids.length; series++) addDistances(distances, groups, marks, series);
  return distances;
}

function addDistances(distances: Distances, { starts }: Groups, marks: Float64Array, series: number): void {
  const to = starts[series + 1]!;
  for (let i = starts[series]! + 1; i < to; i++) distances.add(marks[i]! - marks[i - 1]!);
}
