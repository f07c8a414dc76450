import type { CommandSpec } from "../command.js";

export const workerCommand: CommandSpec = {
  name: "worker",
  arguments: "",
  summary: "fit and forecast for runs with --redis, on any number of machines",
  description:
    "Fits and forecasts for every run that was started with --redis on the same Redis, until it is stopped; a first Ctrl-C or SIGTERM lets it finish its batches. Needs npm install bullmq ioredis.",
  options: ["redis", "redis-wait", "jobs", "quiet", "verbose", "color"],
  examples: [
    "yule worker --redis redis://queue:6379",
    "YULE_REDIS=rediss://:PASSWORD@queue:6379 yule worker --jobs 8",
    "YULE_REDIS=rediss://:PASSWORD@queue:6379 yule forecast panel.csv -o forecast.csv",
  ],
  load: async () => (await import("./serve.js")).runWorker,
};
