import { setFlagsFromString } from "node:v8";
import { main } from "./main.js";

/**
 * Flags by the first number of V8's version: 11 is that of Node 20, 12 that of Node 22. These have no compiler between the baseline one
 * and the optimising one; later ones do, and gain nothing by such flags.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  11: ["--interrupt-budget=400000", "--max-inlined-bytecode-size-cumulative=300"],
  12: ["--invocation-count-for-turbofan=12000", "--max-inlined-bytecode-size-cumulative=300"],
};

/** Runs the command line of this process and leaves its exit code. */
export async function start(): Promise<void> {
  compileLater();
  const { stdin, stdout, stderr, env, argv } = process;
  for (const stream of [stdout, stderr]) {
    // Whoever writes a result learns of it too; what is said on stderr can be said nowhere else.
    stream.on("error", () => {});
  }
  process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, env, cwd: process.cwd() });
  for (const stream of [stdout, stderr]) await new Promise<unknown>((written) => stream.write("", written));
  // A connection that a library goes on trying would keep the program for ever.
  process.exit();
}

/**
 * Has functions optimised later, and fewer others copied into them. A forecast by `auto` runs a thousand functions, most of them
 * seldom, in every thread: with V8's defaults compiling them took a quarter of its time. Results are the same.
 */
function compileLater(): void {
  const [major = ""] = process.versions.v8.split(".");
  for (const flag of FLAGS[major] ?? []) setFlagsFromString(flag);
}
