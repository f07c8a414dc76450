import { existsSync, readFileSync } from "node:fs";
import { dirname, normalize, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { sidebarOf } from "../../docs/.vitepress/sidebar.js";
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

  test("each leads to a file of the package, since the pages ship in it", () => {
    const { files } = JSON.parse(readFileSync(resolve(ROOT, "package.json"), "utf8")) as { files: string[] };
    const shipped = files.filter((name) => !/[!*]/.test(name)).map((name) => normalize(name));
    const isShipped = (path: string) =>
      (path.startsWith("docs/") && path.endsWith(".md")) ||
      shipped.some((name) => path === name || path.startsWith(`${name}/`));
    const targets = PAGES.flatMap(linksOf).filter(({ target }) => !/^(?:https?:|mailto:|#)/.test(target));
    const outside = targets.filter(
      ({ page, target }) => !isShipped(normalize(`${dirname(page)}/${target.split("#")[0]}`)),
    );
    expect(outside).toEqual([]);
  });

  test("a wrong file and a wrong heading are found", () => {
    expect(faultOf({ page: "README.md", target: "docs/none.md" })).toMatch(/no file/);
    expect(faultOf({ page: "README.md", target: "#none" })).toMatch(/no heading/);
  });
});

test("every page of docs/ is in the sidebar of the site, and the sidebar leads to pages only", () => {
  const linked = sidebarOf(resolve(ROOT, "docs")).flatMap(({ text, items = [] }) =>
    text === "Library" ? [] : items.map(({ link }) => link!.replace(/\/$/, "/README")),
  );
  const inFolders = pages().filter((page) => /^docs\/(?!api\/)[^/]+\//.test(page));
  expect(linked.map((link) => `docs${link}.md`).sort()).toEqual(inFolders.sort());
  expect(pages().filter((page) => /^docs\/[^/]+$/.test(page))).toEqual(["docs/README.md"]);
});

test("no folder of docs/ has more than 14 pages", () => {
  const counts = new Map<string, number>();
  for (const page of pages()) counts.set(dirname(page), (counts.get(dirname(page)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 14)).toEqual([]);
});
