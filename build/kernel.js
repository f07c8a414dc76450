// Compiles the AssemblyScript kernel to WebAssembly and writes it as base64 into src/neural/kernel/wasm.ts:
// the strict build, whose bits equal the TypeScript twin's, and the opt-in one with fused multiply-add.
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

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

function constant(name, comment, bytes) {
  return `/** ${comment} (${bytes.length} bytes). */\nexport const ${name} =\n  "${Buffer.from(bytes).toString("base64")}";\n`;
}

const strict = await compile([]);
const fused = await compile(["--enable", "relaxed-simd"]);
await writeFile(
  join(folder, "wasm.ts"),
  [
    "// Written by build/kernel.js from assembly/; do not edit.",
    constant("STRICT_KERNEL", "WebAssembly SIMD, base64", strict),
    constant("FUSED_KERNEL", "The same with relaxed SIMD", fused),
  ].join("\n"),
);
console.log(`kernel: ${strict.length} bytes, fused ${fused.length} bytes`);
