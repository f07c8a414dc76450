import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../../..");

/** A fenced block of a page: the words after the three backticks, the page, its first line there, and what it holds. */
export interface Block {
  readonly language: string;
  readonly page: string;
  readonly line: number;
  readonly text: string;
}

/** README.md and every page of docs/. */
export function pages(): string[] {
  const docs = readdirSync(resolve(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    // docs/api is made by typedoc for the site.
    .filter((name) => name.endsWith(".md") && !/^(?:api|playground)[\\/]/.test(name))
    .sort();
  return ["README.md", ...docs.map((name) => `docs/${name}`)];
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const lines = readFileSync(resolve(ROOT, page), "utf8").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(.*)$/.exec(lines[at]!);
    if (fence === null) continue;
    const end = lines.indexOf("```", at + 1);
    const text = lines.slice(at + 1, end).join("\n");
    blocks.push({ language: fence[1]!.trim(), page, line: at + 1, text });
    at = end;
  }
  return blocks;
}
