import { dirname, relative, resolve } from "node:path";
import type { DefaultTheme, UserConfig } from "vitepress";
import { sidebarOf } from "./sidebar.js";

const DOCS = resolve(import.meta.dirname, "..");

const config: UserConfig<DefaultTheme.Config> = {
  title: "yule",
  description: "Forecasting for TypeScript",
  outDir: resolve(DOCS, "../.site"),
  cacheDir: resolve(DOCS, "../node_modules/.cache/vitepress"),
  // GitHub shows README.md of a folder, the site shows index.html.
  rewrites: (path) => path.replace(/README\.md$/, "index.md"),
  srcExclude: ["playground/**"],
  // The index of the local search is one large file.
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  markdown: {
    config(markdown) {
      const open = markdown.renderer.rules.link_open!;
      // Files of the repository beside docs/ are not part of the site: their names are shown without a link.
      markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
        const href = tokens[at]!.attrGet("href") ?? "";
        const path = resolve(DOCS, dirname(env.relativePath ?? ""), href.split("#")[0]!);
        const isOutside = !/^(?:[a-z]+:|#|\/)/.test(href) && relative(DOCS, path).startsWith("..");
        if (!isOutside) return open(tokens, at, options, env, self);
        const end = tokens.findIndex((token, place) => place > at && token.type === "link_close");
        for (const token of [tokens[at]!, tokens[end]!]) token.tag = "span";
        tokens[at]!.attrs = [];
        return self.renderToken(tokens, at, options);
      };
    },
  },
  themeConfig: {
    sidebar: sidebarOf(DOCS) as DefaultTheme.SidebarItem[],
    search: { provider: "local" },
    outline: [2, 3],
  },
};

export default config;
