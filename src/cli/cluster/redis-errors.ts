import { YuleError } from "../../core/errors.js";
import { REDIS_PASSWORD } from "../options/settings.js";
import type { RedisPlace } from "./redis-place.js";

/** Replies by which Redis refuses a connection, and what they mean. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/WRONGPASS|invalid password/i, "does not accept the password"],
  [/NOAUTH|authentication required/i, "requires a password"],
  [/NOPERM/i, "does not allow this user the commands that are needed"],
  [/certificate|wrong version number|EPROTO|SSL|TLS/i, "cannot be reached over TLS"],
];

/** Why Redis refuses this program for good; null where an error says nothing of the kind. */
export function whyRefused({ message, code }: Error & { code?: string }): string | null {
  const text = `${code ?? ""} ${message}`;
  return REFUSALS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

export function refusedBy(place: RedisPlace, error: Error): YuleError {
  const why = whyRefused(error)!;
  const hint = why.includes("TLS")
    ? "rediss:// is for a Redis with TLS; NODE_EXTRA_CA_CERTS=FILE names the certificate of an authority of your own."
    : `The user and the password are those of the address (YULE_REDIS) or of ${REDIS_PASSWORD}.`;
  return new YuleError({
    code: "redis-refuses",
    category: "usage",
    argument: "redis",
    value: place.shown,
    message: `Redis at ${place.shown} ${why} (${error.message.slice(0, 80)}).`,
    hint,
    cause: error,
  });
}

/** @param seconds for which it was waited; null where it was never reached. */
export function notAnswering(place: RedisPlace, reason: string, seconds: number | null): YuleError {
  const gone = seconds !== null;
  return new YuleError({
    code: gone ? "redis-lost" : "redis-unreachable",
    category: "failure",
    argument: "redis",
    value: place.shown,
    message: gone
      ? `Redis at ${place.shown} has not answered for ${seconds} s (${reason}).`
      : `There is no Redis at ${place.shown} (${reason}); start it, or correct --redis.`,
    ...(reason === "ECONNRESET" && !place.tls
      ? { hint: "One that is reached over TLS only needs an address with rediss://." }
      : {}),
  });
}
