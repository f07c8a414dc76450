import { isIP } from "node:net";
import type { Queue } from "bullmq";
import { YuleError } from "../../core/errors.js";
import type { Context } from "../context.js";
import { type BullMq, EVENTS, loadBullMq, RUNS } from "./bullmq.js";
import { notAnswering, refusedBy, whyRefused } from "./redis-errors.js";
import { type RedisPlace, redisPlaceOf } from "./redis-place.js";

/** Time between two tries to reach a Redis that went away, in milliseconds. */
const TRY = 500;
/** Longest wait for an answer to a connection, in milliseconds. */
const CONNECT = 10_000;
/** Least time after which a Redis that is connected and does not answer is lost, in milliseconds. */
const SILENT = 10_000;
/** Time that is given to answers that wait to be read, after the program itself stood still, in milliseconds. */
const LATE = 1000;
/** How long a Redis that went away is waited for, in seconds. */
const PATIENCE = 60;
/** Longest wait for connections to close, in milliseconds. */
const LAST = 2000;

/** What BullMQ makes connections for. */
interface Connected {
  on(event: "error", heard: (error: Error) => void): unknown;
  close(force?: boolean): Promise<void>;
  disconnect(): Promise<void>;
}

/** The connections of this program to one Redis, which come and go together. */
export class Link {
  /** The queue that names the runs. */
  readonly runs: Queue;
  private readonly connected: Connected[] = [];
  private state: "opening" | "open" | "away" | "lost" | "ended" = "opening";
  private reason = "it closed the connection";
  private lost: (error: YuleError) => void = () => {};

  private constructor(
    readonly bull: BullMq,
    readonly place: RedisPlace,
    private readonly context: Context,
  ) {
    this.runs = this.watched(
      new bull.Queue(RUNS.name, { prefix: RUNS.prefix, connection: this.options(), streams: EVENTS }),
    );
  }

  /** @throws YuleError `no-bullmq`, `bad-redis`, `redis-unreachable`, `redis-refuses`. */
  static async open(context: Context): Promise<Link> {
    const place = redisPlaceOf(context);
    const link = new Link(await loadBullMq(), place, context);
    try {
      // The connection stands before the password is looked at.
      const ready = link.runs.waitUntilReady().then(() => link.runs.getJobCounts("waiting"));
      const silence = `no answer in ${CONNECT / 1000} s`;
      await within(CONNECT, ready, () => notAnswering(place, silence, null));
      link.state = "open";
      return link;
    } catch (error) {
      await link.close();
      throw asLinkError(place, error, link.reason);
    }
  }

  /** Whether Redis stayed away, or refuses this program. */
  get isLost(): boolean {
    return this.state === "lost";
  }

  /** Called once where Redis stays away, or refuses this program. */
  onLost(lost: (error: YuleError) => void): void {
    this.lost = lost;
  }

  /** What each queue and worker connects by. */
  options() {
    const { host, port, database, tls, username, password } = this.place;
    let since = 0;
    return {
      host,
      port,
      db: database,
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
      ...(tls ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
      connectTimeout: CONNECT,
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => {
        if (times === 1) since = performance.now();
        return this.again(performance.now() - since);
      },
    };
  }

  /** Has errors of a queue or worker heard, and closes it in the end. */
  watched<C extends Connected>(connected: C): C {
    connected.on("error", (error) => this.heard(error));
    this.connected.push(connected);
    return connected;
  }

  /** Waits for an answer, which says that Redis is there; one that does not come says that it is lost, however well connected. */
  async answer<T>(asked: Promise<T>): Promise<T> {
    const seconds = Math.max(SILENT / 1000, this.patience);
    const silent = () => this.lose(notAnswering(this.place, "connected, but silent", seconds));
    let timer = setTimeout(() => {
      timer = setTimeout(silent, LATE);
    }, 1000 * seconds);
    try {
      const answer = await asked;
      if (this.state === "away") {
        this.state = "open";
        this.context.warn(`Redis at ${this.place.shown} answers again.`);
      }
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes all connections; what waits for an answer of a lost Redis is given up. */
  async close(): Promise<void> {
    const force = this.isLost;
    this.state = "ended";
    const all = this.connected.splice(0);
    await within(LAST, Promise.all(all.map((one) => one.close(force).catch(() => {}))), () => null);
    for (const one of all) one.disconnect().catch(() => {});
  }

  private get patience(): number {
    return this.context.settings["redis-wait"] ?? PATIENCE;
  }

  /** Whether to try again after so many milliseconds without a connection: how soon, or null. */
  private again(milliseconds: number): number | null {
    if (this.state !== "open" && this.state !== "away") return null;
    const { patience } = this;
    if (milliseconds > 1000 * patience) {
      this.lose(notAnswering(this.place, this.reason, patience));
      return null;
    }
    if (this.state === "open") {
      this.state = "away";
      this.context.warn(
        `Redis at ${this.place.shown} does not answer (${this.reason}); trying again for ${patience} s.`,
      );
    }
    return TRY;
  }

  private heard(error: Error): void {
    const { code } = error as { code?: string };
    this.reason = code ?? error.message;
    if (this.state !== "opening" && whyRefused(error) !== null) this.lose(refusedBy(this.place, error));
  }

  private lose(error: YuleError): void {
    if (this.state === "ended" || this.state === "lost") return;
    this.state = "lost";
    this.lost(error);
  }
}

function asLinkError(place: RedisPlace, error: unknown, reason: string): unknown {
  if (error instanceof YuleError || !(error instanceof Error)) return error;
  if (whyRefused(error) !== null) return refusedBy(place, error);
  return notAnswering(place, (error as { code?: string }).code ?? reason, null);
}

/** Waits so many milliseconds at most. @throws what `late` makes of it, where that is an error. */
async function within(
  milliseconds: number,
  awaited: Promise<unknown>,
  late: () => Error | null,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((done, fail) => {
    timer = setTimeout(() => {
      const error = late();
      if (error === null) done();
      else fail(error);
    }, milliseconds);
  });
  try {
    await Promise.race([awaited, enough]);
  } finally {
    clearTimeout(timer);
  }
}
