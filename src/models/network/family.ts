import type { Process } from "../../core/model.js";
import type { CoreName, NetworkParams } from "./data/config.js";
import { networkProcess } from "./process.js";
import type { NetworkState } from "./stepping/state.js";

/** What makes a family of networks. */
export interface NetworkFamily {
  /** As in notations: `deepar`. */
  readonly name: string;
  readonly core: CoreName;
  /** A training window looks back at least so many periods, unless its `context` is given. */
  readonly periods: number;
  readonly process: Process<NetworkParams, NetworkState>;
}

export function networkFamily(name: string, core: CoreName, periods = 1): NetworkFamily {
  return { name, core, periods, process: networkProcess(name) };
}
