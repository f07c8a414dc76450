import { main } from "./main.js";

/** Runs the command line of this process and leaves its exit code. */
export async function start(): Promise<void> {
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
