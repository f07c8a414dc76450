/** Positions of the season, from 0, at which no value was ever observed, as Sundays of a shop that is closed. */
export function unseenPositions(y: Float64Array, period: number): number[] {
  const seen = new Uint8Array(period);
  for (let t = 0; t < y.length; t++) if (!Number.isNaN(y[t])) seen[t % period] = 1;
  return Array.from(seen.keys()).filter((position) => seen[position] === 0);
}
