// The state machine drawn: every state with what it is doing in the shown execution.
import type { ExecutionDetail } from '../../../lambdas/core/operations/pipeline.ts';
import { useWords } from '../text/language.ts';
import { MACHINE, type Node } from './machine.ts';

const WIDTH = 180;
const HEIGHT = 44;
const ACROSS = 212;
const DOWN = 70;

type Visits = ExecutionDetail['visits'];

export function Graph({
  visits,
  chosen,
  onChoose,
}: {
  readonly visits: Visits;
  readonly chosen: string | null;
  readonly onChoose: (state: string) => void;
}) {
  const t = useWords();
  const columns = Math.max(...MACHINE.nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(...MACHINE.nodes.map(({ row }) => row)) + 1;
  const width = columns * ACROSS;
  const height = rows * DOWN;
  return (
    <figure class="graph">
      <svg viewBox={`-14 -8 ${width} ${height}`} role="img" aria-label={t('graph.label')}>
        {MACHINE.edges.map((edge) => (
          <path
            key={`${edge.from}>${edge.to}>${edge.caught}`}
            class={`edge${edge.caught ? ' caught' : ''}${taken(visits, edge.from, edge.to) ? ' taken' : ''}`}
            d={way(edge.from, edge.to, edge.caught)}
          />
        ))}
        {MACHINE.nodes.map((node) => {
          const visit = visits.findLast(({ state }) => state === node.name);
          const { x, y } = placeOf(node);
          const done = visit?.items == null ? '' : ` ${visit.items.succeeded}`;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of states beside the drawing does the same by keyboard
            <g
              key={node.name}
              class={`node ${visit?.status ?? 'idle'}${chosen === node.name ? ' chosen' : ''}`}
              transform={`translate(${x} ${y})`}
              onClick={() => onChoose(node.name)}
            >
              {node.state.Type === 'Map' ? (
                <rect x="5" y="-5" width={WIDTH} height={HEIGHT} rx="9" class="behind" />
              ) : null}
              <rect width={WIDTH} height={HEIGHT} rx={node.state.Type === 'Choice' ? 22 : 9} />
              <text x={WIDTH / 2} y={HEIGHT / 2 - 2}>
                {node.name}
              </text>
              <text x={WIDTH / 2} y={HEIGHT / 2 + 13} class="type">
                {node.state.Type}
                {done}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption class="legend">
        {(['running', 'succeeded', 'failed', 'idle'] as const).map((status) => (
          <span key={status} class={status}>
            {t(`status.${status}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const placeOf = ({ column, row }: Node) => ({ x: column * ACROSS, y: row * DOWN });

function taken(visits: Visits, from: string, to: string): boolean {
  return visits.some(({ state }, index) => state === from && visits[index + 1]?.state === to);
}

function way(from: string, to: string, caught: boolean): string {
  const a = MACHINE.nodes.find(({ name }) => name === from);
  const b = MACHINE.nodes.find(({ name }) => name === to);
  if (a === undefined || b === undefined) return '';
  const start = placeOf(a);
  const end = placeOf(b);
  if (caught || (b.column === 2 && a.column !== 2)) {
    const rail = 2 * ACROSS - 14 - (caught ? 0 : 6);
    return `M${start.x + WIDTH} ${start.y + HEIGHT / 2} H${rail} V${end.y + HEIGHT / 2} H${end.x}`;
  }
  if (b.row <= a.row) {
    return `M${start.x} ${start.y + HEIGHT / 2} H-9 V${end.y + HEIGHT / 2} H${end.x}`;
  }
  const x1 = start.x + WIDTH / 2;
  const x2 = end.x + WIDTH / 2;
  const middle = end.y - (DOWN - HEIGHT) / 2;
  return `M${x1} ${start.y + HEIGHT} V${middle} H${x2} V${end.y}`;
}
