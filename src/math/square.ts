/** x² with the same bits on every engine; apart from the other powers, whose code few need. */
export function square(x: number): number {
  return x * x;
}
