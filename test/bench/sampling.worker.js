// The second thread of the sampling bench: forecasts its half of the series whenever it is asked to.
import { parentPort, workerData } from "node:worker_threads";
import { pathStreams } from "../../dist/engine/roll.js";
import { update } from "../../dist/engine/update.js";
import { DEEPAR } from "../../dist/models/deepar.js";

const { fits, values, inputs, paths } = workerData;

parentPort.on("message", () => {
  fits.forEach((fitted, i) => {
    const { params, state } = update({ ...fitted, process: DEEPAR.process }, values[i]);
    DEEPAR.process.rollMany(params, state, inputs, pathStreams(1, paths));
  });
  parentPort.postMessage("done");
});
