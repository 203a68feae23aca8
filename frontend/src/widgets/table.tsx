import type { ComponentChildren } from 'preact';

export interface TableProps {
  readonly caption: string;
  readonly head: readonly ComponentChildren[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly quietCaption?: boolean;
}

/** A table that scrolls within itself on narrow screens; the scrolling part takes the keyboard. */
export function Table({ caption, head, rows, quietCaption = false }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption class={quietCaption ? 'unseen' : ''}>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest], row) => (
            <tr key={row}>
              <th scope="row">{first}</th>
              {rest.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
