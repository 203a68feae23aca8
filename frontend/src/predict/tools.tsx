// Beside the form: presets, JSON in, a link out, a fresh start.
import { useState } from 'preact/hooks';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import { useWords } from '../text/language.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { BLANK, bodyOf, draftOf } from './draft.ts';
import { linkOf, parseDraft } from './share.ts';
import { ask, predictState, replaceDraft } from './state.ts';

export function Tools() {
  const t = useWords();
  const [pasting, setPasting] = useState(false);
  const [said, setSaid] = useState('');
  const fill = (body: Parameters<typeof draftOf>[0]) => {
    setSaid('');
    replaceDraft(draftOf(body));
    void ask();
  };
  const share = async () => {
    const link = linkOf(predictState.get().draft);
    try {
      await navigator.clipboard.writeText(link);
      setSaid(t('share.done'));
    } catch {
      window.prompt(t('share.copy'), link);
    }
  };
  return (
    <div class="tools">
      <span class="tools-label">{t('tools.presets')}</span>
      <button type="button" onClick={() => fill(LOW_RISK_PRESET)}>
        {t('tools.low')}
      </button>
      <button type="button" onClick={() => fill(HIGH_RISK_PRESET)}>
        {t('tools.high')}
      </button>
      <span class="spacer" />
      <button type="button" class="quiet" onClick={() => setPasting(true)}>
        {t('tools.paste')}
      </button>
      <button type="button" class="quiet" onClick={() => void share()}>
        {t('tools.share')}
      </button>
      <button type="button" class="quiet" onClick={() => replaceDraft(BLANK)}>
        {t('tools.clear')}
      </button>
      <p class="tools-said" role="status">
        {said}
      </p>
      {pasting ? <PasteDialog onClose={() => setPasting(false)} /> : null}
    </div>
  );
}

function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords();
  const [text, setText] = useState(() => JSON.stringify(bodyOf(predictState.get().draft), null, 2));
  const [wrong, setWrong] = useState(false);
  const use = (event: Event) => {
    event.preventDefault();
    const draft = parseDraft(text);
    setWrong(draft === null);
    if (draft === null) return;
    replaceDraft(draft);
    void ask();
    onClose();
  };
  return (
    <Dialog title={t('paste.title')} onClose={onClose}>
      <form onSubmit={use}>
        <label for="paste">{t('paste.label')}</label>
        <textarea
          id="paste"
          rows={14}
          spellcheck={false}
          value={text}
          aria-invalid={wrong}
          aria-describedby="paste-note"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p class="note" id="paste-note">
          {wrong ? <span class="error">{t('paste.wrong')}</span> : t('paste.note')}
        </p>
        <div class="dialog-actions">
          <button type="submit" class="primary">
            {t('paste.use')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
