import { bytesOf, madeFrom } from "./bytes.js";
import type { Kernel } from "./kernel.js";
import { twin } from "./twin/index.js";
import { FUSED_KERNEL, STRICT_KERNEL } from "./wasm.js";

/**
 * Which kernel computes: `strict` (WebAssembly, the same bits everywhere), `fused` (multiply-add in one rounding:
 * faster, other last bits; needs relaxed SIMD, Node 22 or later), `plain` (TypeScript, the bits of `strict`).
 */
export type KernelKind = "strict" | "fused" | "plain";

const PAGE = 65536;
const modules = new Map<string, WebAssembly.Module | null>();

/** A shared memory of `cells` float32 cells, which threads can hand each other. */
export function sharedCells(cells: number): WebAssembly.Memory {
  const pages = Math.max(1, Math.ceil((cells * 4) / PAGE));
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Whether this machine runs a kernel of that kind. */
export function kernelAvailable(kind: KernelKind): boolean {
  return kind === "plain" || moduleOf(kind) !== null;
}

/**
 * A kernel over a fresh memory of `cells` cells, or over `memory`. Where WebAssembly is not allowed (a content
 * security policy without `wasm-unsafe-eval`), the TypeScript twin stands in for `strict`: same bits, slower.
 */
export function loadKernel(kind: KernelKind, cells: number, memory?: WebAssembly.Memory): Kernel {
  const module = kind === "plain" ? null : moduleOf(kind);
  if (module === null)
    return twin(memory === undefined ? new Float32Array(cells) : new Float32Array(memory.buffer));
  const linear = memory ?? sharedCells(cells);
  const { exports } = new WebAssembly.Instance(module, { env: { memory: linear } });
  return { ...(exports as unknown as Omit<Kernel, "cells">), cells: new Float32Array(linear.buffer) };
}

/** Compiled once; null where this machine cannot. */
function moduleOf(kind: "strict" | "fused"): WebAssembly.Module | null {
  const known = modules.get(kind);
  if (known !== undefined) return known;
  const strict = bytesOf(STRICT_KERNEL);
  const module = compile(kind === "strict" ? strict : madeFrom(strict, FUSED_KERNEL));
  modules.set(kind, module);
  return module;
}

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}
