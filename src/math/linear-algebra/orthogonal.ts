import { invertUpper } from "./triangular.js";
import { inner, project } from "./vector.js";

/** Less than this share of a column left after taking out the ones before it: the column says nothing new. */
const COLLINEAR = 1e-9;

/** A column minus its projection on orthonormal ones, taken out twice so that rounding does not leak back in. */
export function takeOut(basis: readonly Float64Array[], column: Float64Array): Float64Array {
  const rest = column.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const unit of basis) project(rest, unit);
  }
  return rest;
}

/** Adds what is new in a column to an orthonormal basis; null, and nothing added, where nothing is. */
export function extend(basis: Float64Array[], column: Float64Array): Float64Array | null {
  const rest = takeOut(basis, column);
  const left = Math.sqrt(inner(rest, rest));
  if (!(left > COLLINEAR * Math.sqrt(inner(column, column)))) return null;
  for (let i = 0; i < rest.length; i++) rest[i] = rest[i] / left;
  basis.push(rest);
  return rest;
}

/** A least-squares fit by orthonormal columns. */
export interface OrthogonalFit {
  /** 0 for a column that says nothing new. */
  readonly coefficients: Float64Array;
  /** (X'X)⁻¹, k×k row-major; 0 in the rows and columns of columns that say nothing new. */
  readonly inverse: Float64Array;
  readonly residuals: Float64Array;
  readonly rss: number;
  readonly rank: number;
  /** Whether each column counted. */
  readonly kept: readonly boolean[];
}

/** y on the columns, by modified Gram-Schmidt with every column taken out twice: as exact as Householder's QR, and flat. */
export function orthogonalFit(columns: readonly Float64Array[], y: Float64Array): OrthogonalFit {
  const k = columns.length;
  const basis: Float64Array[] = [];
  const places: number[] = [];
  const triangle = new Float64Array(k * k);
  const rest = y.slice();
  const shares = new Float64Array(k);
  columns.forEach((column, j) => {
    const before = basis.length;
    const unit = extend(basis, column);
    if (unit === null) return;
    places.push(j);
    for (let i = 0; i <= before; i++) triangle[places[i] * k + j] = inner(basis[i], column);
    shares[j] = project(rest, unit);
  });
  const inverseTriangle = invertUpper(triangle, k);
  const coefficients = new Float64Array(k);
  const inverse = new Float64Array(k * k);
  for (const i of places) {
    for (const j of places) {
      coefficients[i] = coefficients[i] + inverseTriangle[i * k + j] * shares[j];
      let sum = 0;
      for (const l of places) sum += inverseTriangle[i * k + l] * inverseTriangle[j * k + l];
      inverse[i * k + j] = sum;
    }
  }
  const kept = columns.map((_, j) => places.includes(j));
  return { coefficients, inverse, residuals: rest, rss: inner(rest, rest), rank: places.length, kept };
}
