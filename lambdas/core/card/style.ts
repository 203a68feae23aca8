// The look of the model card's page, in place since the page fetches nothing.

import { html } from './markup.ts';

export const PAGE_STYLE = html`
:root { color-scheme: light dark; --ink: #1a1d21; --paper: #fff; --line: #c9ced6; --mark: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16181b; --line: #454b54; --mark: #8ab8f0; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { line-height: 1.2; }
h2 { border-bottom: 1px solid var(--line); margin-top: 2rem; }
a { color: var(--mark); }
code { overflow-wrap: anywhere; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; font-weight: 400; vertical-align: top; }
thead th { font-weight: 600; }
figure { margin: 1rem 0; }
svg { max-width: 24rem; width: 100%; height: auto; }
svg text { fill: var(--ink); font-size: 11px; }
@media print { .scroll { overflow: visible; } }
`;
