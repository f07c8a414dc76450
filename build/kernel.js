// Compiles the AssemblyScript kernel to WebAssembly and writes it into src/neural/kernel/wasm.ts: the strict build, whose bits equal the
// TypeScript twin's, and how the opt-in one with fused multiply-add differs. Together 9 kB of gzip; both in base64 would take 19.
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { difference, hexOf } from "./difference.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "neural", "kernel");

const flags = [
  "index.ts",
  ...["--baseDir", join(folder, "assembly")],
  ...["--runtime", "stub", "--noAssert", "-O3", "--converge"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
  ...["--enable", "simd", "--enable", "threads"],
];

async function compile(extra) {
  const files = new Map();
  const { error, stderr } = await asc.main([...flags, ...extra, "--outFile", "kernel.wasm"], {
    writeFile: (name, contents) => files.set(name, contents),
  });
  if (error !== null) throw new Error(`The kernel does not compile: ${error.message}\n${stderr.toString()}`);
  return files.get("kernel.wasm");
}

function constant(name, comment, text) {
  return `/** ${comment}. */\nexport const ${name} =\n  "${text}";\n`;
}

const strict = await compile([]);
const fused = await compile(["--enable", "relaxed-simd"]);
await writeFile(
  join(folder, "wasm.ts"),
  [
    "// Written by build/kernel.js from assembly/; do not edit.",
    constant("STRICT_KERNEL", `WebAssembly SIMD, ${strict.length} bytes in hex`, hexOf(strict)),
    constant(
      "FUSED_KERNEL",
      `The same with relaxed SIMD, ${fused.length} bytes, as its difference`,
      difference(strict, fused),
    ),
  ].join("\n"),
);
console.log(`kernel: ${strict.length} bytes, fused ${fused.length} bytes`);
