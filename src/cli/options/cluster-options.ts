import { usageError } from "../../core/errors.js";
import { option } from "./option.js";
import { duration, type Reader, whole } from "./readers.js";

/** An address of Redis; what it has wrong is told where it is used, since it may hold a password. */
const address: Reader<string> = (given, label) => {
  const url = given.trim();
  if (/^rediss?:\/\//i.test(url)) return url;
  throw usageError(
    "bad-redis",
    "redis",
    undefined,
    `${label} must be an address such as redis://localhost:6379, or rediss://… for TLS.`,
  );
};

/** Options of work on several machines. */
export const CLUSTER_OPTIONS = {
  redis: option(
    "text",
    "--redis <url>",
    "share the work with the workers of this Redis: redis://HOST:6379; best given as YULE_REDIS",
    address,
  ),
  "redis-wait": option(
    "text",
    "--redis-wait <time>",
    "how long to wait for an unreachable Redis (default: 60s)",
    duration,
  ),
  "batch-size": option(
    "number",
    "--batch-size <series>",
    "series that a worker gets at once (default: 100, up to 1000 where they are fast)",
    whole(1, 100_000, "100"),
  ),
  "batches-ahead": option(
    "number",
    "--batches-ahead <count>",
    "batches in Redis at once, at most (default: 64)",
    whole(1, 100_000, "64"),
  ),
} as const;
