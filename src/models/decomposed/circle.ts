/**
 * cos and sin of 2πj/m, from whole numbers and plain arithmetic alone, so that they are the same on every machine: the angle is
 * brought to at most an eighth of a turn exactly, where a few terms of the series are good to rounding.
 */
export function onCircle(j: number, m: number): { cos: number; sin: number } {
  const turns = ((j % m) + m) % m;
  // Eighths of a turn: octant o and what is left, as a share of the whole turn, folded to at most 1/8.
  const octant = Math.floor((8 * turns) / m);
  const rest = (8 * turns - octant * m) / m / 8;
  const folded = octant % 2 === 0 ? rest : 1 / 8 - rest;
  const x = 2 * Math.PI * folded;
  const c = cosine(x);
  const s = sine(x);
  switch (octant) {
    case 0:
      return { cos: c, sin: s };
    case 1:
      return { cos: s, sin: c };
    case 2:
      return { cos: -s, sin: c };
    case 3:
      return { cos: -c, sin: s };
    case 4:
      return { cos: -c, sin: -s };
    case 5:
      return { cos: -s, sin: -c };
    case 6:
      return { cos: s, sin: -c };
    default:
      return { cos: c, sin: -s };
  }
}

/** |x| ≤ π/4: the terms from x^19 on are below rounding. */
function sine(x: number): number {
  const q = x * x;
  let sum = 1;
  for (let k = 18; k > 1; k -= 2) sum = 1 - (q / (k * (k + 1))) * sum;
  return x * sum;
}

function cosine(x: number): number {
  const q = x * x;
  let sum = 1;
  for (let k = 18; k > 0; k -= 2) sum = 1 - (q / (k * (k - 1))) * sum;
  return sum;
}
