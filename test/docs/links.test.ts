import { existsSync, readFileSync } from "node:fs";
import { dirname, normalize, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { pages, ROOT } from "./blocks/markdown.js";

const PAGES = [...pages(), "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/README.md"];

interface Link {
  readonly page: string;
  readonly target: string;
}

/** Text of a page without its code, where brackets mean something else. */
const prose = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");

const linksOf = (page: string): Link[] =>
  [...prose(readFileSync(resolve(ROOT, page), "utf8")).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({
    page,
    target: target!,
  }));

/** The anchors of a page's headings, as GitHub and VitePress form them. */
function anchorsOf(file: string): Set<string> {
  const text = readFileSync(file, "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );
}

/** What is wrong with a link, or nothing. */
function faultOf({ page, target }: Link): string | undefined {
  if (/^(?:https?|mailto):/.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : normalize(`${dirname(page)}/${path}`);
  if (!existsSync(resolve(ROOT, file))) return `${page}: ${target} leads to no file`;
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  return anchorsOf(resolve(ROOT, file)).has(anchor) ? undefined : `${page}: ${target} leads to no heading`;
}

describe("links of the pages", () => {
  test("each leads to a file and a heading of this repository, or out of it", () => {
    const links = PAGES.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(80);
    expect(links.flatMap((link) => faultOf(link) ?? [])).toEqual([]);
  });

  test("a wrong file and a wrong heading are found", () => {
    expect(faultOf({ page: "README.md", target: "docs/none.md" })).toMatch(/no file/);
    expect(faultOf({ page: "README.md", target: "#none" })).toMatch(/no heading/);
  });
});
