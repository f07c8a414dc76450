/** Less than this share of a column left after taking out the ones before it: the column says nothing new. */
const COLLINEAR = 1e-9;

/** A column minus its projection on orthonormal ones, taken out twice so that rounding does not leak back in. */
export function takeOut(basis: readonly Float64Array[], column: Float64Array): Float64Array {
  const rest = column.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const unit of basis) subtract(rest, unit, dot(unit, rest));
  }
  return rest;
}

/** Adds what is new in a column to an orthonormal basis; null, and nothing added, where nothing is. */
export function extend(basis: Float64Array[], column: Float64Array): Float64Array | null {
  const rest = takeOut(basis, column);
  const left = Math.sqrt(dot(rest, rest));
  if (!(left > COLLINEAR * Math.sqrt(dot(column, column)))) return null;
  for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! / left;
  basis.push(rest);
  return rest;
}

/** Subtracts `amount` times `unit` in place. */
export function subtract(from: Float64Array, unit: Float64Array, amount: number): void {
  for (let i = 0; i < from.length; i++) from[i] = from[i]! - amount * unit[i]!;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
