import { FIELD_LIST } from '../../../lambdas/core/encounter/contract.ts';
import type { Warning } from '../../../lambdas/core/serving/answers.ts';
import { useWords } from '../text/language.ts';
import { Banner } from '../widgets/banner.tsx';

/** Reasons to trust this prediction less, by code, so that they are told in the reader's language. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const t = useWords();
  if (warnings.length === 0) return null;
  return (
    <Banner kind="warn">
      <strong>{t('warnings.title')}</strong>
      <ul>
        {warnings.map(({ field: name, code }) => {
          const field = FIELD_LIST.find((one) => one.name === name);
          return (
            <li key={`${name} ${code}`}>
              {field === undefined ? t('warning.model') : t.of(field.label)}: {t(`warning.${code}`)}
            </li>
          );
        })}
      </ul>
    </Banner>
  );
}
