/** At most about `count` whole numbers from `low` to `high`, multiples of 1, 2, 5, 10, 20, … */
export function wholeTicks(low: number, high: number, count: number): number[] {
  let step = 1;
  for (let at = 0; (high - low) / step > count; at++) step *= at % 3 === 1 ? 2.5 : 2;
  const first = Math.ceil(low / step);
  return Array.from(
    { length: Math.max(0, Math.floor(high / step) - first + 1) },
    (_, k) => (first + k) * step,
  );
}
