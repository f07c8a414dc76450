#!/usr/bin/env node
// Starts the built command line, or says what is missing.
import { existsSync } from "node:fs";

const built = new URL("../dist/program/start.js", import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`error: yule needs Node 20.19 or newer, and this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (!existsSync(built)) {
  process.stderr.write("error: yule is not built yet; run npm ci (or npm run build) in its folder first.\n");
  process.exitCode = 1;
} else {
  const { start } = await import(built.href);
  await start();
}
