import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");
/** Names that fit on a screen. */
const MOST_FILES = 14;
/** Lines that one idea needs at most. */
const MOST_LINES = 300;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = files.flatMap((from) =>
  [...readFileSync(join(SRC, from), "utf8").matchAll(/(?:\bfrom|\bimport\()\s*"(\.[^"]+)"/g)].map(
    ([, specifier]) => ({
      from,
      to: relative(SRC, resolve(SRC, dirname(from), specifier!))
        .replaceAll("\\", "/")
        .replace(/\.js$/, ".ts"),
    }),
  ),
);

/** Rooms of the floor that all families share. */
const SHARED = ["contract", "shared", "saved"];

/** The family of models that a file belongs to, or null. */
function familyOf(file: string): string | null {
  const room = /^models\/([^/]+)\//.exec(file)?.[1] ?? null;
  return room === null || SHARED.includes(room) ? null : room;
}

/** Rooms of a family that import each other, directly or in a ring, as `a > b > a`; its top folder is no room. */
function ring(family: string): string | null {
  const base = `models/${family}/`;
  const room = (file: string) =>
    file.startsWith(base) ? (/^([^/]+)\//.exec(file.slice(base.length))?.[1] ?? "") : "";
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [room(from), room(to)];
    if (a === "" || b === "" || a === b) continue;
    next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const visit = (at: string, path: readonly string[]): string | null => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at].join(" > ");
    for (const to of next.get(at) ?? []) {
      const found = visit(to, [...path, at]);
      if (found !== null) return found;
    }
    return null;
  };
  for (const at of next.keys()) {
    const found = visit(at, []);
    if (found !== null) return found;
  }
  return null;
}

/** A worker that trains members of a network: it loads the training and nothing else. */
const WORKER = "io/thread-worker.ts";

/**
 * Imports of more than types, re-exports among them. Imports of types alone (`import type`) do not count: they are gone when the program runs,
 * and say nothing of what is read to understand a file.
 */
const valueImports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(join(SRC, from), "utf8")
      .replaceAll(/^(?:import|export) type [^;]*;$/gm, "")
      .matchAll(/(?:\bfrom|\bimport\()\s*"(\.[^"]+)"/g),
  ].map(([, specifier]) => ({
    from,
    to: relative(SRC, resolve(SRC, dirname(from), specifier!))
      .replaceAll("\\", "/")
      .replace(/\.js$/, ".ts"),
  })),
);

/** The longest chain of files (or of rooms, by `nodeOf`) of a family in which each imports the next at run time; the first file counts as one. */
function longestChain(family: string, nodeOf: (file: string) => string): string[] {
  const base = `models/${family}/`;
  const next = new Map<string, Set<string>>();
  for (const { from, to } of valueImports) {
    if (!from.startsWith(base) || !to.startsWith(base)) continue;
    const [a, b] = [nodeOf(from.slice(base.length)), nodeOf(to.slice(base.length))];
    if (a !== b) next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const known = new Map<string, string[]>();
  const from = (node: string): string[] => {
    const kept = known.get(node);
    if (kept !== undefined) return kept;
    let longest: string[] = [];
    for (const to of next.get(node) ?? []) {
      const chain = from(to);
      if (chain.length > longest.length) longest = chain;
    }
    known.set(node, [node, ...longest]);
    return known.get(node)!;
  };
  return [...next.keys()].map(from).reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** The rooms of each floor, as the folders have them. */
function roomsOfFolders(): string[] {
  const rooms = files.flatMap((file) => /^[^/]+\/[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  return [...new Set(rooms)].sort();
}

/** The rooms of each floor, as docs/project/architecture.md has them. */
function roomsOfNotes(): string[] {
  const notes = readFileSync(join(SRC, "../docs/project/architecture.md"), "utf8");
  return [...notes.matchAll(/^\| `([a-z]+)\/` \|(.*)\|$/gm)]
    .flatMap(([, floor, rooms]) => [...rooms!.matchAll(/`([a-z-]+)`/g)].map(([, room]) => `${floor}/${room}`))
    .sort();
}

/** Lines of a text; an end of line at its end begins none. */
function linesOf(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

describe("rooms", () => {
  test("no file has more lines than one idea needs", () => {
    const long = files
      .map((file) => ({ file, lines: linesOf(readFileSync(join(SRC, file), "utf8")) }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(files.length).toBeGreaterThan(100);
    expect(long).toEqual([]);
  });

  test("no folder has more files than fit on a screen", () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    const wide = [...counts].filter(([, count]) => count > MOST_FILES);
    expect(wide).toEqual([]);
  });

  test("the architecture notes name every room of a floor, and no other", () => {
    expect(roomsOfNotes()).toEqual(roomsOfFolders());
  });

  test.each(["arima", "ets", "ar", "network"])(
    "the rooms of %s do not depend on each other in a ring",
    (family) => {
      expect(ring(family)).toBeNull();
    },
  );

  test("the files of ARIMA are read in eight steps at most, its rooms in seven", () => {
    const room = (file: string) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "top");
    const rooms = longestChain("arima", room);
    const chain = longestChain("arima", (file) => file);
    expect(rooms.length, rooms.join(" > ")).toBeLessThanOrEqual(7);
    expect(chain.length, chain.join(" > ")).toBeLessThanOrEqual(8);
    expect(chain.length).toBeGreaterThan(5);
  });

  test("what is outside a family of models uses it by its index only", () => {
    const breaches = imports.filter(({ from, to }) => {
      const there = familyOf(to);
      if (there === null || familyOf(from) === there || from === WORKER) return false;
      return to !== `models/${there}/index.ts`;
    });
    expect(breaches.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});
