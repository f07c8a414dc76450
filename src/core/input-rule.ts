/**
 * How a regressor known ahead follows from the times of a series, as plain data: its values can be made for every step, past or
 * future, and a saved model keeps it.
 */
export type InputRule =
  /** Holidays and events: 1 in steps up to a day that touch a span, else the number of days of the step that spans touch. */
  | {
      readonly kind: "days";
      /** Begin and end (exclusive) of each span in days since 1970-01-01, ascending, apart from each other. */
      readonly spans: readonly (readonly [number, number])[];
      /** Days between which the spans are complete; absent where they always are. */
      readonly known?: readonly [number, number];
    }
  /** 1 on one ISO weekday, Monday 1 to Sunday 7; in steps of more than a week the number of its days less that of Sundays. */
  | { readonly kind: "weekday"; readonly weekday: number }
  /** 1 in steps that begin in the month, 1 to 12. */
  | { readonly kind: "month"; readonly month: number }
  /** 1 in steps that hold the last day of a month (of its working days, where steps are working days). */
  | { readonly kind: "month-end" }
  /** Days from Monday to Friday in the step. */
  | { readonly kind: "trading-days" }
  /** 1 in steps that hold a 29 February. */
  | { readonly kind: "leap" }
  /** sin or cos of 2πk times the share of the year that is over when the step begins. */
  | { readonly kind: "year-wave"; readonly wave: "sin" | "cos"; readonly harmonic: number };

/** Rules by the names of their regressors. */
export type InputRules = Readonly<Record<string, InputRule>>;
