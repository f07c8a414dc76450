import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { requireInteger } from "./checks.js";

/** A stream of random numbers; every stream is a pure function of its seed and the keys it was forked by. */
export interface Rng {
  /** The next number, uniform on the open interval (0, 1), with 53 random bits. */
  uniform(): number;
  /** An independent stream that depends on this stream's seed and `key` only, not on what was drawn before. */
  fork(key: number): Rng;
}

/** The words of a stream's identity: seed and fork keys folded into 64 bits. */
type Identity = readonly [number, number];

function mix(word: number): number {
  let z = (word + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

function fold([a, b]: Identity, key: number): Identity {
  const low = key | 0;
  const high = Math.floor(key / 4294967296) | 0;
  const first = mix(a ^ mix(low));
  const second = mix(b ^ mix(high ^ 0x5bd1e995) ^ first);
  return [mix(first + second), second];
}

/** Made by the thousand, often to draw a few numbers only: the generator waits for the first. */
class Stream implements Rng {
  private generator: ReturnType<typeof xoroshiro128plusFromState> | null = null;

  constructor(private readonly identity: Identity) {}

  uniform(): number {
    this.generator ??= generatorOf(this.identity);
    const high = this.generator.next() >>> 5;
    const low = this.generator.next() >>> 6;
    return (high * 67108864 + low + 0.5) / 9007199254740992;
  }

  fork(key: number): Rng {
    return new Stream(fold(this.identity, key));
  }
}

function generatorOf([a, b]: Identity) {
  return xoroshiro128plusFromState([mix(a), mix(a ^ 0x3c6ef372), mix(b ^ 0x1b873593), mix(b) | 1]);
}

/**
 * A seeded stream of random numbers, the same on every machine and Node version.
 *
 * @param seed any safe integer; the same seed gives the same numbers.
 * @returns a stream of numbers; the same seed gives the same numbers.
 * @throws YuleError `bad-seed`.
 * @example const u = random(42).fork(3).uniform();
 */
export function random(seed: number): Rng {
  requireInteger("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return new Stream(fold([0x243f6a88, 0x13198a2e | 0], seed));
}
