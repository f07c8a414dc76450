// Writes the manual page, dist/yule.1, from the same declarations that --help shows.
import { writeFile } from "node:fs/promises";

const { manPage } = await import("../dist/cli/completion/man.js");
await writeFile(new URL("../dist/yule.1", import.meta.url), manPage());
