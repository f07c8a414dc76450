import { tokensOf } from "./time-style.js";

/** Tokens of two digits, which give way to those of one where a cell has no leading zero. */
const SHORTER: Readonly<Record<string, string>> = {
  MM: "M",
  DD: "D",
  HH: "H",
  hh: "h",
  WW: "{W}",
  "{kk}": "{k}",
  "{DDD}": "{D}",
};

/** One pattern for a column whose cells may differ in leading zeros, in the zone, and in whether they give a time of day. */
export function mergeStyles(patterns: readonly string[]): string {
  const cut = patterns.map(tokensOf);
  const seen = new Set(cut.flat());
  const longest = cut.reduce((a, b) => (b.length > a.length ? b : a), cut[0] ?? []);
  const zones = [...seen].filter((token) => token.startsWith("{zone ")).map((token) => token.slice(6, -1));
  // Hours count from 1 to 24 where a day ends in an hour 24.
  const toTwentyFour = seen.has("{kk}");
  const decimals = [...seen].filter((token) => token.startsWith("{year "));
  return longest
    .map((token) => {
      if (token.startsWith("{year ")) return decimals.reduce((a, b) => (b > a ? b : a));
      if (token.startsWith("{zone ")) return `{zone ${zones.join(",")}}`;
      const hour =
        toTwentyFour && (token === "HH" || token === "H") ? `{${token === "H" ? "k" : "kk"}}` : token;
      const shorter = SHORTER[hour];
      if (shorter === undefined) return hour;
      const single = shorter === "{k}" ? seen.has("H") : seen.has(shorter);
      return single ? shorter : hour;
    })
    .join("");
}
