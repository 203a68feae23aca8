import type { ComponentChildren } from 'preact';

/** A sentence that must be noticed. Its sign is for the eye only: the words say it all. */
export function Banner(props: {
  readonly kind: 'bad' | 'warn' | 'good' | 'info';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`banner ${props.kind}`} role={props.kind === 'bad' ? 'alert' : 'status'}>
      <span class="sign" aria-hidden="true">
        {{ bad: '✕', warn: '!', good: '✓', info: 'i' }[props.kind]}
      </span>
      <div>{props.children}</div>
    </div>
  );
}
