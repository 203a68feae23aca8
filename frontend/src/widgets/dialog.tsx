import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../text/language.ts';

/** A modal dialog: the browser's own, with focus kept inside, Escape to leave, focus back where it was. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={props.onClose}>
      <div class="dialog-head">
        <h2 id="dialog-title">{props.title}</h2>
        <button type="button" class="quiet" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          <span aria-hidden="true">✕</span>
        </button>
      </div>
      {props.children}
    </dialog>
  );
}
