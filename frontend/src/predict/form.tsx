// The fields in the sections that a clinician thinks in.
import { useRef } from 'preact/hooks';
import { FIELD_LIST, SECTIONS } from '../../../lambdas/core/encounter/contract.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';
import { check } from './draft.ts';
import { FieldRow } from './field.tsx';
import { ask, predictState, touchAll } from './state.ts';

export function EncounterForm() {
  const t = useWords();
  const { draft, touched, refused, start, busy } = predictState.use();
  const form = useRef<HTMLFormElement>(null);
  const checked = check(draft);
  const wrong = new Set([...(checked.ok ? [] : checked.wrong), ...refused]);
  const shown = FIELD_LIST.filter(({ name }) => wrong.has(name) && (touched.has(name) || refused.has(name)));

  const submit = (event: Event) => {
    event.preventDefault();
    const first = FIELD_LIST.find(({ name }) => !checked.ok && checked.wrong.has(name));
    if (first === undefined) {
      void ask();
      return;
    }
    touchAll(checked.ok ? [] : checked.wrong);
    document.getElementById(`field-${first.name}`)?.focus();
  };

  return (
    <form class="encounter" ref={form} onSubmit={submit} noValidate aria-label={t('form.label')}>
      {SECTIONS.map(({ name, label }) => (
        <section key={name} class={`card section-${name}`} aria-labelledby={`section-${name}`}>
          <h2 id={`section-${name}`}>{t.of(label)}</h2>
          <div class="fields">
            {FIELD_LIST.filter(({ section }) => section === name).map((field) => (
              <FieldRow
                key={field.name}
                field={field}
                value={draft[field.name]}
                wrong={shown.includes(field)}
                was={start !== null && start.draft[field.name] !== draft[field.name] ? start.draft[field.name] : null}
              />
            ))}
          </div>
        </section>
      ))}
      <div class="submit">
        {shown.length === 0 ? null : (
          <Banner kind="warn">{t('form.wrong', { fields: shown.map(({ label }) => t.of(label)).join(', ') })}</Banner>
        )}
        <button type="submit" class="primary" aria-busy={busy}>
          {t(start === null ? 'form.predict' : 'form.predictAgain')}
        </button>
      </div>
    </form>
  );
}
