// A text input with a searchable list, after the ARIA Authoring Practices ("editable combobox with list autocomplete").
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../text/language.ts';

export interface Option {
  readonly value: string;
  readonly name: string;
}

export interface ComboboxProps {
  readonly id: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly describedBy: string;
  readonly invalid: boolean;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

const SHOWN = 40;

export function Combobox({ id, value, options, describedBy, invalid, onChange, onLeave }: ComboboxProps) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const [searched, setSearched] = useState(false);
  const found = open ? matching(options, searched ? value : '') : [];
  const listId = `${id}-list`;

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const close = () => {
    setOpen(false);
    setActive(-1);
    setSearched(false);
  };
  const choose = (option: Option | undefined) => {
    if (option !== undefined) onChange(option.value);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      const count = open ? found.length : matching(options, '').length;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) => (count === 0 ? -1 : (Math.max(at, step === 1 ? -1 : 0) + step + count) % count));
    } else if (event.key === 'Enter' && open && active >= 0) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  };

  return (
    <div class="combobox">
      <input
        id={id}
        name={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-expanded={open && found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        onInput={(event) => {
          onChange(event.currentTarget.value);
          setSearched(true);
          setOpen(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          onLeave();
        }}
      />
      <div id={listId} ref={list} role="listbox" aria-label={t('combobox.list')} hidden={!open || found.length === 0}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the active option is named by aria-activedescendant
          <div
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <span>{option.name}</span>
            {option.name === option.value ? null : <code>{option.value}</code>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Options that hold every word of the search, in name or value, whatever the accents. */
function matching(options: readonly Option[], search: string): Option[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const fits = ({ value, name }: Option) => words.every((word) => plain(`${value} ${name}`).includes(word));
  return options.filter(fits).slice(0, SHOWN);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
