import type { Answer, Request } from "./messages.js";

type Ask = (request: Request) => Promise<Answer>;

const SCRIPT = "forecaster.js";

/** How the page asks: a worker, or, where the browser allows none, the same script in the page. */
export function asker(): Ask {
  let asking: Promise<Ask> | null = null;
  return async (request) => {
    asking ??= byWorker().catch(byPage);
    return (await asking)(request);
  };
}

function byWorker(): Promise<Ask> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(SCRIPT);
    const waiting = new Map<number, (answer: Answer) => void>();
    let next = 0;
    const ask: Ask = (request) =>
      new Promise((done) => {
        const number = next++;
        waiting.set(number, done);
        worker.postMessage({ number, request });
      });
    worker.onerror = () => reject(new Error("no worker"));
    worker.onmessage = ({ data }: MessageEvent<{ number: number; answer: Answer }>) => {
      waiting.get(data.number)?.(data.answer);
      waiting.delete(data.number);
    };
    // A first question whose answer says that the worker lives.
    void ask({ kind: "forecast", id: "", model: "", horizon: null }).then(() => resolve(ask));
  });
}

function byPage(): Promise<Ask> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SCRIPT;
    script.onload = () => resolve((globalThis as unknown as { yuleAnswer: Ask }).yuleAnswer);
    script.onerror = () => reject(new Error(`${SCRIPT} is missing; run npm run build`));
    document.head.append(script);
  });
}
