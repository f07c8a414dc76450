/** The memory a kernel computes in: float32 in production, float64 in the twin that gradients are checked with. */
export type Cells = Float32Array | Float64Array;

/**
 * The numeric operations everything neural is made of.
 *
 * All of them work on one flat memory; addresses count its cells. Matrices are row-major, one feature a column,
 * with the number of columns a multiple of 4; rows of heads a multiple of 4 too. Each output element is summed in
 * a fixed order, so WebAssembly and its TypeScript twin give the same bits.
 */
export interface Kernel {
  readonly cells: Cells;
  /** out (+)= A·W with A(r, k) at a + r·aRow + k·aStep: strides alone give A, its transpose, or lagged values. */
  product(
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aRow: number,
    aStep: number,
    w: number,
    wRow: number,
    out: number,
    outRow: number,
    accumulate: 0 | 1,
  ): void;
  /** out = start + A·W, with A as above; a startRow of 0 gives every row the same start. */
  affine(
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aRow: number,
    aStep: number,
    w: number,
    wRow: number,
    start: number,
    startRow: number,
    out: number,
    outRow: number,
  ): void;
  /** out[r, :] = source[r mod sourceRows, :]. */
  tileRows(rows: number, columns: number, source: number, sourceRows: number, out: number): void;
  /** out[j] = Σ_r x[r, j]. */
  columnSums(rows: number, columns: number, x: number, out: number): void;
  /** y[r, :] += factor[r]·x[r, :]. */
  addScaledRows(rows: number, columns: number, factor: number, x: number, y: number): void;
  /** out[r, :] = start + factor[r]·x[r, :] + share[r]·row. */
  mixRows(
    rows: number,
    columns: number,
    start: number,
    factor: number,
    x: number,
    share: number,
    row: number,
    out: number,
  ): void;
  /** out (columns × rows) = xᵀ. */
  transpose(rows: number, columns: number, x: number, out: number): void;
  /** y += x. */
  accumulate(n: number, x: number, y: number): void;
  /** y += rate·(x − y). */
  blend(n: number, rate: number, x: number, y: number): void;
  /** y *= x. */
  multiply(n: number, x: number, y: number): void;
  /** mask = 0 or keepScale, out = mask·x; four xorshift32 streams with nonzero seeds. */
  dropout(
    n: number,
    x: number,
    mask: number,
    out: number,
    seed0: number,
    seed1: number,
    seed2: number,
    seed3: number,
    threshold: number,
    keepScale: number,
  ): void;
  /** One LSTM step on pre-activations [rows, 4·hidden] in the order i, f, g, o, which become activations. */
  cellForward(
    rows: number,
    hidden: number,
    gates: number,
    cellBefore: number,
    cell: number,
    cellTanh: number,
    out: number,
  ): void;
  /** Activations become gradients of the pre-activations; `cellGradient` is carried from step to step. */
  cellBackward(
    rows: number,
    hidden: number,
    gates: number,
    cellBefore: number,
    cellTanh: number,
    fromAbove: number,
    fromNext: number,
    cellGradient: number,
  ): void;
  /** z = tanh(a)·sigmoid(b) of rows [a | b], which become activations. */
  gateForward(rows: number, width: number, gates: number, out: number): void;
  /** Activations become gradients of the pre-activations. */
  gateBackward(rows: number, width: number, gates: number, outGradient: number): void;
  /** out = max(x, 0). */
  rectify(n: number, x: number, out: number): void;
  /** The gradient stays where `out` is above 0. */
  rectifyBackward(n: number, out: number, gradient: number): void;
  /** Rows to mean 0 and variance 1, then gain and bias; `moments` holds mean and 1/deviation of each row. */
  normalise(
    rows: number,
    width: number,
    x: number,
    gain: number,
    bias: number,
    moments: number,
    out: number,
  ): void;
  /** Adds the gradients of x, gain and bias to what is there. */
  normaliseBackward(
    rows: number,
    width: number,
    x: number,
    gain: number,
    moments: number,
    outGradient: number,
    gainGradient: number,
    biasGradient: number,
    gradient: number,
  ): void;
  /**
   * Causal attention of four heads, one a lane, to the `span` last keys: `shared` ones that all rows have in common, then
   * `before` planes of `keyRows` rows, then a plane a step. `shares` (steps × rows × span × 4) is what each key counts.
   */
  attendForward(
    steps: number,
    rows: number,
    width: number,
    span: number,
    scale: number,
    query: number,
    shared: number,
    sharedKeys: number,
    sharedValues: number,
    before: number,
    keys: number,
    values: number,
    keyRows: number,
    distance: number,
    shares: number,
    out: number,
  ): void;
  /** Adds the gradients of keys, values and distances to what is there, and writes that of queries. */
  attendBackward(
    steps: number,
    rows: number,
    width: number,
    span: number,
    scale: number,
    query: number,
    keys: number,
    values: number,
    shares: number,
    outGradient: number,
    scratch: number,
    queryGradient: number,
    keyGradient: number,
    valueGradient: number,
    distanceGradient: number,
  ): void;
  /** Σ x² in float64. */
  sumOfSquares(n: number, x: number): number;
  /** One Adam step; see `adam.ts` for the arguments. */
  adam(
    n: number,
    weights: number,
    gradient: number,
    first: number,
    second: number,
    gradientScale: number,
    keep: number,
    beta1: number,
    beta2: number,
    rate: number,
    rootCorrection: number,
    epsilon: number,
  ): void;
  /** Σ weight·(−log p) of standardised values, and its gradient in the raw parameters (rows of four). */
  studentTLoss(rows: number, raw: number, y: number, weight: number, gradient: number): number;
  normalLoss(rows: number, raw: number, y: number, weight: number, gradient: number): number;
  /** The same for counts, which are not standardised: `scale` says what each row's parameters are in units of. */
  negativeBinomialLoss(
    rows: number,
    raw: number,
    y: number,
    weight: number,
    scale: number,
    gradient: number,
  ): number;
  /** Σ weight·(−ln softmax(raw)[token]), and its gradient; rows of `columns` raw outputs, a multiple of 4. */
  categoricalLoss(
    rows: number,
    columns: number,
    raw: number,
    token: number,
    weight: number,
    gradient: number,
  ): number;
  /** Standardised draws from two uniforms a row. */
  studentTSample(rows: number, raw: number, u: number, v: number, out: number): void;
  normalSample(rows: number, raw: number, u: number, v: number, out: number): void;
}
