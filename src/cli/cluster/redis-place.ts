import { usageError } from "../../core/errors.js";
import type { Context } from "../context.js";
import { REDIS_PASSWORD } from "../options/settings.js";

/** Address and credentials of Redis. */
export interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
  /** The address without its password, as it is shown. */
  readonly shown: string;
}

/**
 * The Redis that the settings name; its password from the address, or from YULE_REDIS_PASSWORD.
 *
 * @throws YuleError `bad-redis` where the address cannot be read; it is not repeated, since it may hold a password.
 */
export function redisPlaceOf(context: Context): RedisPlace {
  const { settings, shell } = context;
  if (settings.redis === undefined) {
    throw usageError(
      "no-redis",
      "redis",
      undefined,
      "A worker needs the address of its Redis: give --redis, or the variable YULE_REDIS.",
    );
  }
  const url = parsed(settings.redis);
  const [, database = ""] =
    /^\/?(\d*)$/.exec(url.pathname) ?? refused("does not end in the number of a database");
  if (url.search !== "" || url.hash !== "") refused("has parameters, and yule reads none there");
  if (url.hostname === "") refused("names no host");
  const inUrl = decoded(url.password);
  if (inUrl !== "" && shell.env.YULE_REDIS?.trim() !== settings.redis) {
    context.warn(
      `A password in --redis can be read by every user of this machine; give the address as YULE_REDIS, or the password as ${REDIS_PASSWORD}.`,
    );
  }
  const password = inUrl || (shell.env[REDIS_PASSWORD] ?? "");
  const port = url.port === "" ? 6379 : Number(url.port);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    database: Number(database),
    tls: url.protocol === "rediss:",
    username: decoded(url.username) || null,
    password: password || null,
    shown: `${url.protocol}//${url.hostname}:${port}${database === "" ? "" : `/${database}`}`,
  };
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    return refused("cannot be read; write special characters of a password as %40 and the like");
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refused("has a % that is not part of a code; write a % itself as %25");
  }
}

function refused(why: string): never {
  throw usageError(
    "bad-redis",
    "redis",
    undefined,
    `The address of Redis ${why}: it is redis://USER:PASSWORD@HOST:PORT/DATABASE, of which only HOST is needed.`,
  );
}
