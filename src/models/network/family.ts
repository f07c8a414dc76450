import type { Process } from "../../core/model.js";
import type { CoreShape } from "../../neural/cores/index.js";
import type { NetworkParams } from "./data/config.js";
import { networkProcess } from "./process.js";
import type { NetworkState } from "./stepping/state.js";

/** What makes a family of networks. */
export interface NetworkFamily {
  /** As in notations: `deepar`. */
  readonly name: string;
  readonly core: CoreShape["kind"];
  readonly process: Process<NetworkParams, NetworkState>;
}

export function networkFamily(name: string, core: CoreShape["kind"]): NetworkFamily {
  return { name, core, process: networkProcess(name) };
}
