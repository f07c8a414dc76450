/** Light and dark by what the reader's system asks for; the same names are read by the charts. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2937; --soft: #4b5563; --line: #e5e7eb; --rule: #9ca3af;
  --panel: #f8fafc; --alarm: #b91c1c; --good: #166534; --link: #1d4ed8;
  --line-0: #2563eb; --line-1: #db2777; --line-2: #b45309; --line-3: #047857; --line-4: #7c3aed; --line-5: #0e7490; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f172a; --ink: #e5e7eb; --soft: #a8b3c4; --line: #27324a; --rule: #64748b;
  --panel: #172036; --alarm: #f87171; --good: #86efac; --link: #93c5fd;
  --line-0: #60a5fa; --line-1: #f472b6; --line-2: #fbbf24; --line-3: #34d399; --line-4: #c4b5fd; --line-5: #67e8f9; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1000px; padding: 20px 16px 48px; color: var(--ink); background: var(--paper);
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 36px 0 8px; }
h2:focus { outline: none; }
h3 { font-size: 16px; margin: 24px 0 6px; }
p { margin: 8px 0; max-width: 72ch; }
ul { margin: 8px 0; padding-left: 22px; max-width: 72ch; }
a { color: var(--link); }
.soft { color: var(--soft); }
.lead { font-size: 18px; }
.alarm { color: var(--alarm); }
code { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { background: var(--panel); padding: 10px 12px; white-space: pre-wrap; border-radius: 6px; }
figure { margin: 16px 0 20px; }
figcaption { font-weight: 600; }
.keys { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 2px 0 4px; padding: 0; list-style: none; font-size: 13px; color: var(--soft); max-width: none; }
.keys svg { width: 26px; height: 12px; margin-right: 6px; vertical-align: -1px; }
.plot { min-height: 200px; }
.plot:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
output { display: block; min-height: 1.5em; font-size: 14px; color: var(--soft); font-variant-numeric: tabular-nums; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 0 24px; }
.grid figure { min-width: 0; }
.scroll { overflow-x: auto; background: linear-gradient(to left, var(--paper) 50%, transparent) right / 40px 120% no-repeat local,
  linear-gradient(to left, var(--rule), transparent) right / 14px 100% no-repeat scroll; }
table { border-collapse: collapse; margin: 8px 0; overflow-wrap: break-word; font-variant-numeric: tabular-nums; font-size: 15px; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { border-bottom: 2px solid var(--rule); }
tbody th { font-weight: 400; border-bottom-width: 1px; border-color: var(--line); }
td, th.number { text-align: right; white-space: nowrap; padding-left: 12px; }
td.word, td.text { text-align: left; padding-left: 0; }
td.text { white-space: normal; max-width: 26em; }
button, input { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: 6px 12px; }
button { cursor: pointer; }
input { width: min(100%, 320px); }
.spark { width: 120px; height: 26px; }
#keys { display: none; }
html:not(.scripted) button, html:not(.scripted) .plot, html:not(.scripted) output { display: none; }
@media (max-width: 480px) { body { padding: 14px 12px 40px; } table { font-size: 13px; } .spark { width: 80px; } th, td { padding-right: 5px; } td, th.number { padding-left: 5px; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 11pt; } button, input, nav, output { display: none; }
  figure, table { break-inside: avoid; } .scroll { background: none; } h2, h3 { break-after: avoid; } [data-page][hidden] { display: block; break-before: page; } }
`;
