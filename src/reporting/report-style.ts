/** The report's style sheet: system fonts, light or dark as the reader's system is, nothing loaded from anywhere. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #5c6878; --rule: #dfe4ea;
  --training: #2563c9; --validation: #c2570c; --hit: 37, 99, 201;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --ink: #e6eaf0; --soft: #9aa6b5; --rule: #303945;
    --training: #7fb0ff; --validation: #ffac66; --hit: 127, 176, 255;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { margin: 0; font-size: 26px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 10px; font-size: 16px; }
p { margin: 4px 0 0; }
.soft, figcaption, th { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(184px, 1fr)); gap: 12px; margin: 22px 0; }
.tile, section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
.tile { padding: 12px 16px; }
.tile b { display: block; white-space: nowrap; font-size: 24px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 12px; align-items: start; }
section { padding: 16px 18px; overflow-x: auto; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--rule); }
svg .mark { stroke: var(--soft); stroke-dasharray: 2 4; }
.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
.line.training { stroke: var(--training); }
.line.validation { stroke: var(--validation); stroke-dasharray: 7 5; }
.line.faint { stroke: var(--training); stroke-width: 1; opacity: 0.3; }
.dot { stroke: var(--card); stroke-width: 1.5; }
.dot.training { fill: var(--training); }
.dot.validation { fill: var(--validation); }
.key { display: flex; gap: 18px; margin-bottom: 6px; font-size: 13px; color: var(--soft); }
.key span::before { content: ''; display: inline-block; width: 22px; margin-right: 7px; vertical-align: middle; border-top: 2.5px solid; }
.key .training::before { border-color: var(--training); }
.key .validation::before { border-color: var(--validation); border-top-style: dashed; }
.key .faint::before { border-color: var(--training); opacity: 0.4; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
td:last-child, th:last-child { padding-right: 0; }
tr:last-child > * { border-bottom: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.kept > * { font-weight: 650; }
.wide { grid-column: 1 / -1; }
.settings { margin: 0; columns: 320px auto; column-gap: 36px; font-size: 14px; }
.settings div { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; border-bottom: 1px solid var(--rule); break-inside: avoid; }
.settings dt { color: var(--soft); }
.settings dd { margin: 0; font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; text-align: right; }
.small { font-size: 13px; }
table + table { margin-top: 22px; }
.confusion td { text-align: center; padding: 10px 12px; border: 1px solid var(--rule); }
.confusion th { padding-right: 12px; border-bottom: 0; }
.confusion thead th { text-align: center; }
.confusion tr:last-child > td { border-bottom: 1px solid var(--rule); }
footer { margin-top: 20px; font-size: 13px; color: var(--soft); }
`.trim();
