import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Rows shrink to a fifth at the lowest level; higher ones cost more than they save. */
const LEVEL = 1;

/** What was packed. */
export interface Unpacked {
  /** Plain data, to be checked by whoever reads it. */
  readonly head: unknown;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

/** Plain data and bytes as a text, compressed: what a job of a queue may hold. */
export async function packed(head: object, parts: readonly Uint8Array[]): Promise<string> {
  const lengths = parts.map(({ length }) => length);
  const first = Buffer.from(`${JSON.stringify({ lengths, head })}\n`);
  return (await zip(Buffer.concat([first, ...parts]), { level: LEVEL })).toString("base64");
}

/** @throws Error where the text was packed by something else. */
export async function unpacked(text: string): Promise<Unpacked> {
  const whole = await unzip(Buffer.from(text, "base64"));
  const end = whole.indexOf(10);
  const { lengths, head } = JSON.parse(whole.toString("utf8", 0, end)) as {
    lengths: number[];
    head: unknown;
  };
  let from = end + 1;
  const parts = lengths.map((length) => {
    from += length;
    return new Uint8Array(whole.subarray(from - length, from));
  });
  return { head, parts };
}
