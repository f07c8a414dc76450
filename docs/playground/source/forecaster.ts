// The script of the worker. Where a page may have no worker (opened from a folder as file://), the page loads it itself and calls
// `yuleAnswer`.
import { answer } from "./answer.js";
import type { Request } from "./messages.js";

const scope = globalThis as unknown as {
  yuleAnswer: typeof answer;
  document?: unknown;
  onmessage: ((event: MessageEvent<{ number: number; request: Request }>) => void) | null;
  postMessage(message: unknown): void;
};

scope.yuleAnswer = answer;
if (scope.document === undefined) {
  scope.onmessage = async ({ data: { number, request } }) => {
    scope.postMessage({ number, answer: await answer(request) });
  };
}
