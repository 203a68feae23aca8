// Predict: one patient with what-if, or a file of encounters.
import { useEffect, useState } from 'preact/hooks';
import { route } from '../shell/route.ts';
import { useWords } from '../text/language.ts';
import { Tabs } from '../widgets/tabs.tsx';
import { BatchPanel } from './batch/panel.tsx';
import { EncounterForm } from './form.tsx';
import { ResultCard } from './result.tsx';
import { draftIn } from './share.ts';
import { ask, replaceDraft } from './state.ts';
import { Tools } from './tools.tsx';

export function PredictPage() {
  const t = useWords();
  const [tab, setTab] = useState('one');
  const shared = route.use().query.get('e');

  useEffect(() => {
    const draft = draftIn(shared);
    if (draft === null) return;
    // Out of the address bar at once: it is looked at, copied and photographed.
    history.replaceState(null, '', '#/predict');
    replaceDraft(draft);
    void ask();
  }, [shared]);

  return (
    <>
      <p class="lead">{t('predict.lead')}</p>
      <Tabs
        label={t('predict.tabs')}
        tabs={[
          { id: 'one', label: t('predict.one') },
          { id: 'file', label: t('predict.file') },
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        {tab === 'file' ? (
          <BatchPanel />
        ) : (
          <div class="predict">
            <div>
              <Tools />
              <EncounterForm />
            </div>
            <ResultCard />
          </div>
        )}
      </Tabs>
    </>
  );
}
