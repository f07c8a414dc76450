import type { Distribution } from "../../core/distribution.js";
import type { LookAhead, Process } from "../../core/model.js";

/** What goes over the rows of a path one by one, and back to where it was. */
export interface Mover<M> {
  /** p of the next row. */
  expect(input: Float64Array): Distribution;
  /** Takes the value of the row that `expect` was asked about last. */
  take(y: number, input: Float64Array): void;
  mark(): M;
  back(mark: M): void;
}

/** A look ahead that works out a row only where the values before it differ from those that were asked about last. */
export function lookAheadBy<M>(mover: Mover<M>, inputs: readonly Float64Array[]): LookAhead {
  const origin = mover.mark();
  let row = 0;
  let asked: number[] = [];
  /** Of each row from here, after the values that were asked about. */
  let known: { readonly mark: M; readonly expected: Distribution }[] = [];

  function expect(r: number): void {
    const mark = mover.mark();
    known.push({ mark, expected: mover.expect(inputs[row + r]!) });
  }

  function rewind(values: ArrayLike<number>): void {
    let agreed = 0;
    while (agreed < asked.length && asked[agreed] === values[agreed]) agreed++;
    if (agreed === asked.length) return;
    mover.back(known[agreed]!.mark);
    asked = asked.slice(0, agreed);
    known = known.slice(0, agreed);
    expect(agreed);
  }

  function conditionals(values: ArrayLike<number>): Distribution[] {
    rewind(values);
    if (known.length === 0 && row < inputs.length) expect(0);
    for (let r = asked.length; r < values.length && row + r + 1 < inputs.length; r++) {
      mover.take(values[r]!, inputs[row + r]!);
      asked.push(values[r]!);
      expect(r + 1);
    }
    return known.slice(0, values.length + 1).map(({ expected }) => expected);
  }

  return {
    conditionals,
    take(values) {
      conditionals(values);
      row += values.length;
      asked = asked.slice(values.length);
      known = known.slice(values.length);
    },
    restart() {
      mover.back(origin);
      row = 0;
      asked = [];
      known = [];
    },
  };
}

/** A process along one path of the future, row by row: what every faster `lookAhead` must equal. */
export function lookAheadStepwise<P, S>(
  process: Pick<Process<P, S>, "conditional" | "advance">,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
): LookAhead {
  let memory = state;
  const mover: Mover<S> = {
    expect: (input) => process.conditional(params, memory, input),
    take(y, input) {
      memory = process.advance(params, memory, y, input);
    },
    mark: () => memory,
    back(mark) {
      memory = mark;
    },
  };
  return lookAheadBy(mover, inputs);
}

/** The fastest look ahead that a process has. */
export function lookAheadOf<P, S>(
  process: Process<P, S>,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
): LookAhead {
  return process.lookAhead?.(params, state, inputs) ?? lookAheadStepwise(process, params, state, inputs);
}
