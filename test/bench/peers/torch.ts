import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Peer } from "../bench.js";

/** The same training step in PyTorch, timed now where a Python with torch is installed; else null. */
export function torchStep(): Peer | null {
  const script = join(import.meta.dirname, "peers/torch_step.py");
  const python = process.env.YULE_PYTHON ?? "/usr/bin/python3";
  const { status, stdout } = spawnSync(python, [script], { encoding: "utf8" });
  if (status !== 0) return null;
  const { version, milliseconds } = JSON.parse(stdout) as { version: string; milliseconds: number };
  return { name: `PyTorch ${version}`, milliseconds, measured: true };
}
