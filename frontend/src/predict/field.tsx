// One field of the form: label, input by its kind, help, and what to do when it is wrong.
import type { ComponentChildren } from 'preact';
import { useWords, type Words } from '../text/language.ts';
import { Combobox, type Option } from '../widgets/combobox.tsx';
import { advice, type FormField } from './draft.ts';
import { DIAGNOSES, diagnosisName } from './names/diagnoses.ts';
import { specialtyName, specialtyOptions } from './names/specialties.ts';
import { setField, touch } from './state.ts';

export interface FieldProps {
  readonly field: FormField;
  readonly value: string;
  readonly wrong: boolean;
  /** Of a what-if: the value that it started with, where it differs. */
  readonly was: string | null;
}

export function FieldRow({ field, value, wrong, was }: FieldProps) {
  const t = useWords();
  const id = `field-${field.name}`;
  const noteId = `${id}-note`;
  const meaning = meaningOf(t, field, value);
  const label = t.of(field.label);
  const mark = field.presence === 'optional' ? <span class="optional"> {t('optional')}</span> : null;
  const body = (
    <>
      <Input field={field} value={value} wrong={wrong} id={id} noteId={noteId} />
      <p class="note" id={noteId}>
        {wrong ? <span class="error">{advice(t, field, value)}</span> : (meaning ?? t.of(field.help))}
      </p>
    </>
  );
  const classes = `field kind-${field.kind}${wrong ? ' wrong' : ''}${was === null ? '' : ' differs'}`;
  const before = was === null ? null : <span class="was">{t('whatif.was', { value: shownValue(t, field, was) })}</span>;
  if (field.kind === 'flag') {
    return (
      <fieldset class={classes} aria-describedby={noteId}>
        <legend>
          {label} {before}
        </legend>
        {body}
      </fieldset>
    );
  }
  return (
    <div class={classes}>
      <label for={id}>
        {label}
        {mark} {before}
      </label>
      {body}
    </div>
  );
}

interface InputProps {
  readonly field: FormField;
  readonly value: string;
  readonly wrong: boolean;
  readonly id: string;
  readonly noteId: string;
}

function Input({ field, value, wrong, id, noteId }: InputProps) {
  const t = useWords();
  const onChange = (text: string) => setField(field.name, text);
  const onLeave = () => touch(field.name);
  const shared = { id, name: id, 'aria-invalid': wrong, 'aria-describedby': noteId, onBlur: onLeave };
  switch (field.kind) {
    case 'choice':
    case 'id':
      return (
        <select {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {field.kind === 'id' || !field.unknown ? <option value="">{t('choose')}</option> : null}
          {optionsOf(t, field, value)}
        </select>
      );
    case 'count':
      return (
        <input
          {...shared}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={value}
          placeholder={`${field.min}–${field.max}`}
          onInput={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => stepBy(event, value, field, onChange)}
        />
      );
    case 'flag':
      return <YesNo id={id} value={value} onChange={onChange} onLeave={onLeave} />;
    case 'diagnosis':
    case 'text':
      return (
        <Combobox
          id={id}
          value={value}
          options={field.kind === 'text' ? specialtyOptions(t.language) : diagnosisOptions(t.language)}
          describedBy={noteId}
          invalid={wrong}
          onChange={onChange}
          onLeave={onLeave}
        />
      );
  }
}

function optionsOf(t: Words, field: FormField, value: string): ComponentChildren {
  if (field.kind === 'choice') {
    return field.choices.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {t.of(choice.label)}
      </option>
    ));
  }
  if (field.kind !== 'id') return null;
  const known = field.meanings.some(({ id }) => String(id) === value);
  return (
    <>
      {field.meanings.map(({ id, text }) => (
        <option key={id} value={String(id)}>
          {`${id} · ${t.of(text)}`}
        </option>
      ))}
      {known || value === '' ? null : <option value={value}>{`${value} · ${t('id.unknown')}`}</option>}
    </>
  );
}

function YesNo(props: {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}) {
  const t = useWords();
  return (
    <div class="yes-no">
      {(['true', 'false'] as const).map((value) => (
        <label key={value}>
          <input
            type="radio"
            id={value === 'true' ? props.id : `${props.id}-no`}
            name={props.id}
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
            onBlur={props.onLeave}
          />
          <span>{t(value === 'true' ? 'yes' : 'no')}</span>
        </label>
      ))}
    </div>
  );
}

/** Arrow keys count, as in a number input, which would not let a wrong text be seen. */
function stepBy(event: KeyboardEvent, value: string, field: { min: number; max: number }, set: (text: string) => void) {
  const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (step === undefined || !/^\d*$/.test(value)) return;
  event.preventDefault();
  set(String(Math.min(field.max, Math.max(field.min, (value === '' ? field.min - step : Number(value)) + step))));
}

function diagnosisOptions(language: Words['language']): Option[] {
  return DIAGNOSES.map(([value, en, es]) => ({ value, name: language === 'es' ? es : en }));
}

/** What a code stands for, in place of the help. */
function meaningOf(t: Words, field: FormField, value: string): string | null {
  if (value === '') return null;
  if (field.kind === 'diagnosis') return diagnosisName(value.trim(), t.language);
  if (field.kind === 'text') {
    const name = specialtyName(value, t.language);
    return name === value ? null : name;
  }
  return null;
}

/** A value as a reader sees it. */
export function shownValue(t: Words, field: FormField, value: string): string {
  if (value === '') return t('unknown');
  switch (field.kind) {
    case 'choice': {
      const choice = field.choices.find((one) => one.value === value);
      return choice === undefined ? value : t.of(choice.label);
    }
    case 'id': {
      const meaning = field.meanings.find(({ id }) => String(id) === value);
      return meaning === undefined ? value : `${value} · ${t.of(meaning.text)}`;
    }
    case 'flag':
      return t(value === 'true' ? 'yes' : 'no');
    case 'diagnosis': {
      const name = diagnosisName(value, t.language);
      return name === null ? value : `${value} · ${name}`;
    }
    case 'text':
      return specialtyName(value, t.language);
    case 'count':
      return value;
  }
}
