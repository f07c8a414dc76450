import { arimaProcess } from "../../models/arima/index.js";
import { defineModel } from "../../models/contract/define.js";
import { fitAutoArima } from "./fit.js";
import { AUTO_ARIMA_OPTIONS, type DifferencingTests } from "./options.js";

/** The definition with the tests that its options may name. */
export function autoArimaWith(tests: DifferencingTests) {
  return defineModel({
    name: "auto-arima",
    summary: "seasonal ARIMA with orders chosen by a criterion and differences by tests",
    forms: ["auto-arima", "auto-arima(criterion=bic)", "auto-arima(search=full)", "auto-arima(d=1, D=1)[12]"],
    options: AUTO_ARIMA_OPTIONS,
    period: "period",
    inputs: "uses",
    processes: [arimaProcess],
    fit: (series, { choice, options }) => fitAutoArima(series, { ...choice, tests }, options),
  });
}
