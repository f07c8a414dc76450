import { type GapBuffers, type Slopes, UNKNOWN } from "./buffers.js";
import { addColumn, addRanks, addToColumn, clearEntry, timesGain, turn } from "./ring.js";

/**
 * The filter's adjoint (de Jong's smoothing recursions): with r and N,
 *
 * r_{t−1} = Z'v/F + L'r_t, N_{t−1} = Z'Z/F + L'N_t L, L = T − TPZ'Z/F,
 *
 * the objective ½(ωS + Σ log F) has the derivatives −ωr by the memory's mean and ½(N − ωrr') by its covariance. On the way
 * it fills gaps with what is expected there.
 *
 * @param combined weights of the columns whose errors make up S.
 * @returns the derivative by the covariance of W at its start, lower triangle, in `buffers.adjointWide`.
 */
export function runAdjoint(buffers: GapBuffers, combined: Float64Array, omega: number, slopes: Slopes): void {
  const { rows, slots, missing, certain } = buffers;
  const way = new WayBack(buffers, combined, omega, slopes);
  for (let t = rows - 1; t >= slots; t--) {
    if (certain[t] === 1) way.plain(t);
    else if (missing[t] === 1) way.over(t);
    else way.learned(t);
  }
  way.finish();
}

class WayBack {
  private readonly buffers: GapBuffers;
  private readonly combined: Float64Array;
  private readonly omega: number;
  private readonly slopes: Slopes;
  /** r of W and of the slots. */
  private readonly state: Float64Array;
  private readonly level: Float64Array;
  private readonly sums: Float64Array;
  private readonly places: Int32Array;

  constructor(buffers: GapBuffers, combined: Float64Array, omega: number, slopes: Slopes) {
    this.buffers = buffers;
    this.combined = combined;
    this.omega = omega;
    this.slopes = slopes;
    const { size, slots, rows, missing, maCount } = buffers;
    this.state = new Float64Array(size);
    this.level = new Float64Array(slots + 1);
    this.sums = new Float64Array(maCount * maCount);
    this.places = new Int32Array(Math.max(maCount, buffers.arCount));
    buffers.adjointWide.fill(0, 0, size * size);
    buffers.adjointCross.fill(0, 0, slots * size);
    buffers.adjointSquare.fill(0, 0, slots * slots);
    buffers.openCount = 0;
    for (let t = Math.max(0, rows - slots); t < rows; t++) {
      if (missing[t] === 1) buffers.open[buffers.openCount++] = t % slots;
    }
    slopes.ar.fill(0);
    slopes.ma.fill(0);
  }

  private at(columns: readonly Float64Array[], t: number): number {
    let sum = 0;
    for (let c = 0; c < columns.length; c++) sum += this.combined[c]! * columns[c]![t]!;
    return sum;
  }

  /** Everything but the value itself was certain: PZ' = θ, F = 1, nothing left. */
  plain(t: number): void {
    const { buffers, state } = this;
    const { maAt, maWeight, maCount } = buffers;
    this.collectNoise(t + 1);
    this.collectHead(t);
    turn(buffers, this.state, 0, t);
    this.turnWide(t);
    const { image, size, adjointWide } = buffers;
    const first = t % size;
    this.place(first, maAt, maCount);
    const { places } = this;
    let answer = this.at(buffers.errors, t);
    for (let j = 0; j < maCount; j++) answer -= maWeight[j]! * state[places[j]!]!;
    state[first]! += answer;
    image.fill(0, 0, size);
    for (let j = 0; j < maCount; j++) addColumn(adjointWide, size, places[j]!, maWeight[j]!, image);
    let square = 1;
    for (let j = 0; j < maCount; j++) square += maWeight[j]! * image[places[j]!]!;
    addToColumn(adjointWide, size, first, -1, image);
    adjointWide[first * size + first]! += square - image[first]!;
  }

  learned(t: number): void {
    const { buffers } = this;
    const { slots, missing } = buffers;
    this.collectNoise(t + 1);
    // The update left W_0 uncertain only while levels are.
    if (buffers.openCount > 0 || (slots > 0 && missing[t - slots] === 1)) this.collectLeft(t);
    else this.collectHead(t);
    turn(buffers, this.state, 0, t);
    this.turnWide(t);
    this.turnCross(t);
    if (slots > 0 && missing[t - slots] === 1) this.reopen(t % slots);
    this.learn(t);
  }

  over(t: number): void {
    const { buffers, state, level } = this;
    const { size, slots, missing, gain } = buffers;
    this.collectNoise(t + 1);
    this.collectLeft(t);
    turn(buffers, this.state, 0, t);
    this.turnWide(t);
    this.turnCross(t);
    if (slots > 0) {
      this.fold(t);
      if (missing[t - slots] === 1) this.reopen(t % slots);
      this.unfold(t);
    }
    const at = t * (size + slots);
    let move = 0;
    for (let i = 0; i < size; i++) move += gain[at + i]! * state[i]!;
    for (let k = 0; k < buffers.openCount; k++)
      move += gain[at + size + buffers.open[k]!]! * level[buffers.open[k]!]!;
    buffers.filled[t] = this.at(buffers.errors, t) + move;
  }

  /** The positions of the entries `offsets` after the one at `first`, to `places`. */
  private place(first: number, offsets: Int32Array, count: number): void {
    const { size } = this.buffers;
    for (let j = 0; j < count; j++) {
      const at = first + offsets[j]!;
      this.places[j] = at < size ? at : at - size;
    }
  }

  /** N_ij − ωr_i r_j where θ_i and θ_j stand at time t. */
  private collectNoise(t: number): void {
    const { buffers, state, omega, sums, places } = this;
    const { adjointWide, size, maAt, maCount } = buffers;
    this.place(t % size, maAt, maCount);
    for (let i = 0; i < maCount; i++) {
      const a = places[i]!;
      for (let j = 0; j <= i; j++) {
        const b = places[j]!;
        const entry = adjointWide[a > b ? a * size + b : b * size + a]!;
        sums[i * maCount + j]! += entry - omega * state[a]! * state[b]!;
      }
    }
  }

  /** Through the mean: W⁺ += φ W_0. */
  private collectHead(t: number): void {
    const { buffers, state, omega, slopes, places } = this;
    const { size, arAt, arCount } = buffers;
    if (arCount === 0) return;
    const head = omega * this.at(buffers.heads, t);
    this.place((t % size) + 1, arAt, arCount);
    for (let j = 0; j < arCount; j++) slopes.ar[j]! -= head * state[places[j]!]!;
  }

  /** Through mean and covariance: with h = TP_{t|t}W_0, [Nh]_i − ωr_i(r'h + W_0). */
  private collectLeft(t: number): void {
    const { buffers, state, level, omega, slopes, places } = this;
    const { size, slots, adjointWide, adjointCross, arAt, arWeight, arCount, left, gain, vector, missing } =
      buffers;
    if (arCount === 0) return;
    const at = t * (size + slots);
    const first = t % size;
    const head = left[at + first]!;
    this.place(first + 1, arAt, arCount);
    for (let i = 0; i < size; i++) vector[i] = left[at + i]!;
    vector[first] = 0;
    for (let j = 0; j < arCount; j++) vector[places[j]!]! += arWeight[j]! * head;
    for (let k = 0; k < buffers.openCount; k++)
      vector[size + buffers.open[k]!] = left[at + size + buffers.open[k]!]!;
    if (slots > 0 && missing[t] === 1) vector[size + (t % slots)] = gain[at + first]!;
    let answer = this.at(buffers.heads, t);
    for (let i = 0; i < size; i++) answer += state[i]! * vector[i]!;
    for (let k = 0; k < buffers.openCount; k++)
      answer += level[buffers.open[k]!]! * vector[size + buffers.open[k]!]!;
    for (let n = 0; n < arCount; n++) {
      const i = places[n]!;
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += adjointWide[i * size + j]! * vector[j]!;
      for (let j = i + 1; j < size; j++) sum += adjointWide[j * size + i]! * vector[j]!;
      for (let k = 0; k < buffers.openCount; k++) {
        sum += adjointCross[buffers.open[k]! * size + i]! * vector[size + buffers.open[k]!]!;
      }
      slopes.ar[n]! += sum - omega * state[i]! * answer;
    }
  }

  /** N ← T'NT: every entry stays, but those of W_0 are Σφ_i N_ij and Σφ_iφ_j N_ij. */
  private turnWide(t: number): void {
    const { places } = this;
    const { size, adjointWide, arAt, arWeight, arCount, image } = this.buffers;
    const first = t % size;
    if (arCount === 0) {
      clearEntry(adjointWide, size, first);
      return;
    }
    image.fill(0, 0, size);
    this.place(first + 1, arAt, arCount);
    for (let n = 0; n < arCount; n++) addColumn(adjointWide, size, places[n]!, arWeight[n]!, image);
    let head = 0;
    for (let n = 0; n < arCount; n++) head += arWeight[n]! * image[places[n]!]!;
    image[first] = head;
    clearEntry(adjointWide, size, first);
    addToColumn(adjointWide, size, first, 1, image);
  }

  private turnCross(t: number): void {
    const { size, adjointCross, open, openCount } = this.buffers;
    for (let k = 0; k < openCount; k++) turn(this.buffers, adjointCross, open[k]! * size, t);
  }

  /** A slot whose level was dropped after this row: nothing depends on it any more. */
  private reopen(slot: number): void {
    const { buffers } = this;
    const { size, slots, adjointCross, adjointSquare, open } = buffers;
    adjointCross.fill(0, slot * size, slot * size + size);
    for (let k = 0; k < slots; k++) {
      adjointSquare[slot * slots + k] = 0;
      adjointSquare[k * slots + slot] = 0;
    }
    this.level[slot] = 0;
    for (let k = buffers.openCount; k > 0; k--) open[k] = open[k - 1]!;
    open[0] = slot;
    buffers.openCount++;
  }

  /** Takes the level of this row, the newest, out of the slots, to `vector`. */
  private fold(t: number): void {
    const { buffers, level } = this;
    const { size, slots, adjointCross, adjointSquare, vector } = buffers;
    const slot = t % slots;
    buffers.openCount--;
    for (let i = 0; i < size; i++) vector[i] = adjointCross[slot * size + i]!;
    for (let k = 0; k < slots; k++) vector[size + k] = k === slot ? 0 : adjointSquare[slot * slots + k]!;
    this.taken = adjointSquare[slot * slots + slot]!;
    this.takenLevel = level[slot]!;
  }

  private taken = 0;
  private takenLevel = 0;

  /** The level was Z times the memory: N += Z'm' + mZ + Z'Zν, r += Z'ρ. */
  private unfold(t: number): void {
    const { state, level, taken, takenLevel, buffers } = this;
    state[t % buffers.size]! += takenLevel;
    const { slots, lags, weights, missing } = buffers;
    for (let j = 0; j < lags.length; j++) {
      if (missing[t - lags[j]!] === 1) level[(t - lags[j]!) % slots]! += weights[j]! * takenLevel;
    }
    addRanks(buffers, t, 1, taken);
  }

  /** r += Z'(v − g'r)/F; N −= (Z'n' + nZ)/F − Z'Z(g'n/F² + 1/F), n = Ng. */
  private learn(t: number): void {
    const { buffers, state, level } = this;
    const { size, slots, gain, open, openCount, vector } = buffers;
    const { lags, weights, missing } = buffers;
    const at = t * (size + slots);
    const inverse = 1 / buffers.relativeVariance[t]!;
    let answer = this.at(buffers.errors, t);
    for (let i = 0; i < size; i++) answer -= gain[at + i]! * state[i]!;
    for (let k = 0; k < openCount; k++) answer -= gain[at + size + open[k]!]! * level[open[k]!]!;
    answer *= inverse;
    state[t % size]! += answer;
    for (let j = 0; j < lags.length; j++) {
      if (missing[t - lags[j]!] === 1) level[(t - lags[j]!) % slots]! += weights[j]! * answer;
    }
    timesGain(buffers, at);
    let square = 0;
    for (let i = 0; i < size; i++) square += gain[at + i]! * vector[i]!;
    for (let k = 0; k < openCount; k++) square += gain[at + size + open[k]!]! * vector[size + open[k]!]!;
    addRanks(buffers, t, -inverse, square * inverse * inverse + inverse);
  }

  finish(): void {
    const { buffers, state, level, omega, sums, slopes, combined } = this;
    const { maCount, maWeight, slots, missing, columns, filled, rows, size, adjointWide } = buffers;
    for (let i = 0; i < maCount; i++) {
      let sum = 0;
      for (let j = 0; j < maCount; j++) {
        sum += (j <= i ? sums[i * maCount + j]! : sums[j * maCount + i]!) * maWeight[j]!;
      }
      slopes.ma[i] = sum;
    }
    for (let t = 0; t < rows; t++) {
      if (missing[t] === 1 && t >= slots) continue;
      let sum = 0;
      for (let c = 0; c < columns.length; c++) sum += combined[c]! * columns[c]![t]!;
      filled[t] = missing[t] === 1 ? sum + UNKNOWN * level[t]! : sum;
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        adjointWide[i * size + j] = 0.5 * (adjointWide[i * size + j]! - omega * state[i]! * state[j]!);
      }
    }
  }
}
