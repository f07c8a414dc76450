import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { COMMANDS } from "../../src/cli/commands/all.js";
import { program } from "../../src/cli/program.js";
import { ROOT } from "./blocks/markdown.js";

const text = (name: string) => readFileSync(resolve(ROOT, "examples/cluster", name), "utf8");

/** The words of a command, as the command line takes them. */
async function understood(words: readonly string[]): Promise<string> {
  let called = "";
  const root = program(
    words,
    async (spec) => {
      called = spec.name;
    },
    () => {},
    80,
  );
  await root.parseAsync([...words], { from: "user" });
  return called;
}

test("the manifest for compose holds a Redis, workers and a run that yule understands", async () => {
  const { services } = parse(text("compose.yaml"), { merge: true }) as {
    services: Record<string, { command: string; environment: Record<string, string>; build?: string }>;
  };
  expect(Object.keys(services)).toEqual(["redis", "worker", "run"]);
  for (const name of ["worker", "run"]) {
    expect(await understood(services[name]!.command.split(" "))).toBe(name === "run" ? "forecast" : "worker");
    expect(services[name]!.environment).toHaveProperty("YULE_REDIS", "redis://redis:6379");
    expect(services[name]!.build).toBe(".");
  }
  expect(services.redis!.command).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
  expect(text("Dockerfile")).toMatch(/npm install --global yule bullmq ioredis/);
});

test("the manifest for Kubernetes holds workers and a nightly run, with the secret in the environment alone", async () => {
  const documents = parseAllDocuments(text("kubernetes.yaml"), { merge: true });
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const [workers, nightly] = documents.map((document) => document.toJS()) as [Manifest, Manifest];
  expect([workers.kind, nightly.kind]).toEqual(["Deployment", "CronJob"]);
  const pods = [workers.spec.template!.spec, nightly.spec.jobTemplate!.spec.template.spec];
  for (const [at, { containers }] of pods.entries()) {
    const { args, env } = containers[0]!;
    expect(await understood(args)).toBe(at === 0 ? "worker" : "forecast");
    expect(env.map(({ name }) => name)).toEqual(["YULE_REDIS", "YULE_REDIS_PASSWORD"]);
    expect(args.join(" ")).not.toMatch(/redis/);
  }
  expect(COMMANDS.map(({ name }) => name)).toContain("worker");
});

interface Pod {
  readonly containers: readonly { readonly args: string[]; readonly env: readonly { name: string }[] }[];
}

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template?: { readonly spec: Pod };
    readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: Pod } } };
  };
}
