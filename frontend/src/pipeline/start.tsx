// Start the chain: with a file that lies ready, or one that is uploaded now.
import { useState } from 'preact/hooks';
import { z } from 'zod';
import { filesSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { ApiProblem, request } from '../api/client.ts';
import { operate } from '../api/operate.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { useWords } from '../text/language.ts';
import { useAction } from '../widgets/action.ts';
import { DropZone } from '../widgets/drop-zone.tsx';
import { Failure } from '../widgets/failure.tsx';
import { Operator } from '../widgets/operator.tsx';
import { uploadFile } from './upload.ts';

const startedSchema = z.object({ name: z.string() });
const MAX_ATTEMPTS = 50;

export function StartPanel({ onStarted }: { readonly onStarted: (name: string) => void }) {
  const t = useWords();
  const files = useLoaded(() => request('GET', '/uploads', { schema: filesSchema }), 'files');
  const [source, setSource] = useState('');
  const [limit, setLimit] = useState('');
  const [sent, setSent] = useState<{ name: string; bytes: number; of: number } | null>(null);
  const { busy, error, run } = useAction();
  const chosen = source || (files.data?.files[0]?.key ?? '');

  const upload = (file: File) =>
    run(async () => {
      setSent({ name: file.name, bytes: 0, of: file.size });
      const key = await uploadFile(file, (bytes) => setSent({ name: file.name, bytes, of: file.size }));
      setSource(key);
      files.reload();
    });
  const start = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const batches = Number(limit);
      onStarted(await startNext({ source: chosen, ...(batches >= 1 ? { batchLimit: batches } : {}) }));
    });
  };
  return (
    <section class="card start">
      <h2>{t('start.title')}</h2>
      <Failure error={error ?? files.error} />
      <Operator>
        <DropZone label={t('start.drop')} accept=".csv,text/csv" onFile={upload} />
        {sent === null ? null : (
          <div class="progress-row">
            <progress max={sent.of || 1} value={sent.bytes} aria-label={t('start.progress', { name: sent.name })} />
            <span role="status">{t.percent(sent.bytes / (sent.of || 1), 0)}</span>
          </div>
        )}
        <form class="stack" onSubmit={start}>
          <div>
            <label for="source">{t('start.source')}</label>
            <select id="source" value={chosen} onChange={(event) => setSource(event.currentTarget.value)}>
              {(files.data?.files ?? []).map(({ key, bytes }) => (
                <option key={key} value={key}>
                  {`${key.replace('incoming/', '')} (${t.number(bytes / 1e6, 1)} MB)`}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label for="limit">{t('start.limit')}</label>
            <input
              id="limit"
              type="text"
              inputMode="numeric"
              placeholder={t('start.all')}
              value={limit}
              onInput={(event) => setLimit(event.currentTarget.value)}
            />
          </div>
          <button type="submit" class="primary" disabled={busy || chosen === ''}>
            {t('start.go')}
          </button>
        </form>
      </Operator>
    </section>
  );
}

/** The first attempt whose name is free: the same request under the same name would not start again. */
async function startNext(work: { source: string; batchLimit?: number }): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await operate('/executions', { schema: startedSchema, body: { ...work, attempt } })).name;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 409 || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
