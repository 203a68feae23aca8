import { useWords } from '../text/language.ts';
import { LanguageChoice, ThemeChoice } from './choices.tsx';
import { linkTo, PAGES, type PageName } from './route.ts';
import { ServiceState } from './service-state.tsx';

export function Header({ page }: { readonly page: PageName }) {
  const t = useWords();
  return (
    <header class="top">
      <a class="brand" href={linkTo('predict')}>
        readmit
      </a>
      <nav aria-label={t('nav.label')}>
        <ul>
          {PAGES.map((name) => (
            <li key={name}>
              <a href={linkTo(name)} aria-current={name === page ? 'page' : undefined}>
                {t(`nav.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="top-right">
        <ServiceState />
        <LanguageChoice />
        <ThemeChoice />
      </div>
    </header>
  );
}
