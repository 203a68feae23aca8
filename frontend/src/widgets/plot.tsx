// A line plot (uPlot): redrawn when its data, its width or the theme changes; the same figures as a table for who cannot see it.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { isDark, theme } from '../shell/theme.ts';

export interface Line {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
  /** Position in the palette. */
  readonly color: number;
  readonly dashed?: boolean;
  readonly dots?: boolean;
}

export interface PlotProps {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  readonly range?: { readonly x?: [number, number]; readonly y?: [number, number] };
  readonly height?: number;
  /** X values are seconds since 1970. */
  readonly time?: boolean;
}

const PALETTE = {
  light: ['#0b5d75', '#b3541e', '#6b7785', '#1b6b3a', '#7a3e9d'],
  dark: ['#5bc0dc', '#ffab76', '#a6b3c0', '#76d39a', '#d2a6ff'],
} as const;

export function Plot(props: PlotProps) {
  const { title, lines, height = 240 } = props;
  const box = useRef<HTMLDivElement>(null);
  const chosen = theme.use();
  const data = JSON.stringify([title, lines, props.x, props.y]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const draw = () => new uPlot(optionsOf(props, element.clientWidth, height, isDark(chosen)), dataOf(lines), element);
    let plot = draw();
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== plot.width && element.clientWidth > 0)
        plot.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => {
      plot.destroy();
      plot = draw();
    };
    dark.addEventListener('change', redraw);
    return () => {
      dark.removeEventListener('change', redraw);
      observer.disconnect();
      plot.destroy();
    };
  }, [data, chosen, height]);

  const described = lines.map(({ label, points }) => `${label}: ${points.length}`).join(', ');
  return (
    <figure class="plot">
      <figcaption>{title}</figcaption>
      <div
        ref={box}
        role="img"
        aria-label={`${title}. ${props.x}, ${props.y}. ${described}`}
        style={{ minHeight: `${height}px` }}
      />
      <p class="legend-lines">
        {lines.map(({ label, color }) => (
          <span key={label}>
            <i class={`swatch color-${color}`} aria-hidden="true" /> {label}
          </span>
        ))}
      </p>
    </figure>
  );
}

/** uPlot wants one x axis for all lines: the union of their x values, with gaps that it spans. */
function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const tables = lines.map(({ points }): uPlot.AlignedData => {
    const sorted = points.toSorted(([a], [b]) => a - b);
    return [sorted.map(([x]) => x), sorted.map(([, y]) => y)];
  });
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}

function optionsOf(
  { x, y, lines, range, time = false }: PlotProps,
  width: number,
  height: number,
  dark: boolean,
): uPlot.Options {
  const colors = PALETTE[dark ? 'dark' : 'light'];
  const text = dark ? '#a6b3c0' : '#4b5a68';
  const grid = { stroke: dark ? '#36424e' : '#e3e8ec', width: 1 };
  const axis = { stroke: text, grid, ticks: grid, font: '11px system-ui', labelFont: '12px system-ui' };
  return {
    width: Math.max(width, 200),
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time, ...(range?.x === undefined ? {} : { range: range.x }) },
      y: range?.y === undefined ? {} : { range: range.y },
    },
    axes: [
      { ...axis, label: x, labelSize: 20, size: 34 },
      { ...axis, label: y, labelSize: 20, size: 48 },
    ],
    series: [
      {},
      ...lines.map(({ label, color, dashed = false, dots = false }) => ({
        label,
        stroke: colors[color % colors.length] ?? colors[0],
        width: 2,
        spanGaps: true,
        points: { show: dots },
        ...(dashed ? { dash: [4, 4] } : {}),
      })),
    ],
  };
}
