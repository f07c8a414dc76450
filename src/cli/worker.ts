/** What a worker thread of the pool runs. */
export { perform } from "./tasks/perform.js";
