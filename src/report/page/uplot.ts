/** As much of uPlot as is used (https://github.com/leeoniya/uPlot). */
export interface Chart {
  readonly cursor: { readonly idx?: number | null };
  readonly data: readonly (readonly (number | null)[])[];
  readonly scales: { readonly x: { readonly min: number; readonly max: number } };
  setCursor(at: { left: number; top: number }): void;
  setScale(name: string, range: { min: number; max: number }): void;
  setSize(size: { width: number; height: number }): void;
  valToPos(value: number, scale: string): number;
  destroy(): void;
}
export interface ChartMaker {
  new (options: object, data: readonly (readonly (number | null)[])[], parent: HTMLElement): Chart;
  readonly paths: { bars(options: object): unknown };
  tzDate(date: Date, zone: string): Date;
}
