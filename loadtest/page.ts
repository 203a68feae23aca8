// The report as one page: figures beside those of the report before, and plots of rate and durations over time.
import type { Result } from './result.ts';

const STYLE = `body{font:16px system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.3rem .8rem;border-bottom:1px solid #ddd;text-align:right}
td:first-child,th:first-child{text-align:left}svg{width:100%;height:auto}.bad{color:#b00020}.good{color:#1b7a3d}
text{font:12px system-ui;fill:#555}`;

export function reportPage(result: Result, previous: Result | null): string {
  const { scenario, target, started, complaints } = result;
  const verdict = complaints.length === 0 ? '<p class="good">All limits held.</p>' : list(complaints);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Load test ${escapeHtml(scenario)}</title><style>${STYLE}</style>
<h1>Load test: ${escapeHtml(scenario)}</h1><p>${escapeHtml(target)}, ${escapeHtml(started)}</p>${verdict}
${table(result, previous)}
<h2>Requests a second</h2>${plot(result, [['rate', '#1f77b4']])}
<h2>Duration, ms</h2>${plot(result, [
    ['p50', '#2ca02c'],
    ['p99', '#d62728'],
  ])}
<h2>Errors</h2>${plot(result, [['errors', '#b00020']])}
</html>
`;
}

const ROWS = ['requests', 'errors', 'mean', 'p50', 'p95', 'p99', 'max'] as const;

function table(result: Result, previous: Result | null): string {
  const rows = ROWS.map((name) => {
    const now = result.figures[name];
    const before = previous?.figures[name];
    const change = before === undefined || before === 0 ? '' : `${(((now - before) / before) * 100).toFixed(0)} %`;
    return `<tr><td>${name}</td><td>${now}</td><td>${before ?? ''}</td><td>${change}</td></tr>`;
  });
  const head = previous === null ? 'no report before' : `before (${escapeHtml(previous.started)})`;
  return `<table><tr><th>ms where not a count</th><th>now</th><th>${head}</th><th>change</th></tr>${rows.join('')}</table>`;
}

type Curve = readonly [key: 'rate' | 'p50' | 'p99' | 'errors', color: string];
const WIDTH = 800;
const HEIGHT = 200;
const LEFT = 50;

function plot({ course }: Result, curves: readonly Curve[]): string {
  const top = Math.max(1, ...course.flatMap((point) => curves.map(([key]) => point[key])));
  const end = Math.max(1, ...course.map(({ second }) => second));
  const x = (second: number) => LEFT + (second / end) * (WIDTH - LEFT - 10);
  const y = (value: number) => HEIGHT - 20 - (value / top) * (HEIGHT - 40);
  const lines = curves.map(([key, color], i) => {
    const points = course.map((point) => `${x(point.second).toFixed(1)},${y(point[key]).toFixed(1)}`).join(' ');
    const legend = `<text x="${LEFT + 10 + i * 70}" y="14" style="fill:${color}">${key}</text>`;
    return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="2"/>${legend}`;
  });
  const axis = `<line x1="${LEFT}" y1="${y(0)}" x2="${WIDTH}" y2="${y(0)}" stroke="#999"/>`;
  const labels = `<text x="4" y="${y(top) + 4}">${top.toFixed(1)}</text><text x="4" y="${y(0)}">0</text><text x="${WIDTH - 60}" y="${HEIGHT - 4}">${end} s</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${axis}${lines.join('')}${labels}</svg>`;
}

const list = (complaints: readonly string[]) =>
  `<ul class="bad">${complaints.map((complaint) => `<li>${escapeHtml(complaint)}</li>`).join('')}</ul>`;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
