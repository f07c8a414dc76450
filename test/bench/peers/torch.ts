import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Peer } from "../bench.js";

/** The network whose training step is timed. */
export interface TorchNet {
  readonly core: "lstm" | "convolutional" | "attention";
  readonly windows: number;
  readonly steps: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly layers: number;
}

/** The same training step in PyTorch, the best of 1 and 2 threads, timed now where a Python with torch is installed; else null. */
export function torchStep({ core, windows, steps, inputs, hidden, layers }: TorchNet): Peer | null {
  const script = join(import.meta.dirname, "peers/torch_step.py");
  const python = process.env.YULE_PYTHON ?? "/usr/bin/python3";
  const sizes = [windows, steps, inputs, hidden, layers].map(String);
  const { status, stdout } = spawnSync(python, [script, core, ...sizes], { encoding: "utf8" });
  if (status !== 0) {
    console.log("(PyTorch left out of this run: no Python with torch, see YULE_PYTHON)");
    return null;
  }
  const { version, milliseconds } = JSON.parse(stdout) as { version: string; milliseconds: number };
  return { name: `PyTorch ${version}`, milliseconds, measured: true };
}
