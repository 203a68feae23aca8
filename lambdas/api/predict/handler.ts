// The predict function. Everything that can be done once is done while it starts, the promoted model included.
import { ticks } from '../../aws/clock.ts';
import { ledgerHead } from '../../aws/registry.ts';
import { settings } from '../../aws/settings.ts';
import { hashEntry, type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { PREDICT_ROUTES } from '../../core/routes/predict.ts';
import { serve } from '../http/serve.ts';
import { predictBatch } from './batch.ts';
import { Champion } from './champion.ts';
import { loadModel } from './model.ts';
import { predict } from './predict.ts';
import { health, index, modelInfo, reloadModel } from './status.ts';

const champion = new Champion({
  readHead: readVerifiedHead,
  load: loadModel,
  ticks,
  timeToLiveMs: settings().pointerTtlMs,
  patienceMs: 2000,
});
await champion.refresh();

export const handler = serve(PREDICT_ROUTES, settings().authMode, {
  'POST /predict': (request) => predict(champion, request),
  'POST /predict/batch': (request) => predictBatch(champion, request),
  'GET /health': (request) => health(champion, request),
  'GET /model-info': () => modelInfo(champion),
  'POST /reload-model': () => reloadModel(champion),
  'GET /': index,
});

/** @throws TamperedLedgerError when the head's content does not give its hash. */
async function readVerifiedHead(): Promise<LedgerEntry | null> {
  const head = await ledgerHead(ledgerEntrySchema);
  if (head !== null && hashEntry(head) !== head.hash) throw new TamperedLedgerError(head.rev);
  return head;
}

class TamperedLedgerError extends Error {
  override readonly name = 'TamperedLedgerError';
  constructor(rev: number) {
    super(`rev ${rev} of the ledger was changed by hand: GET /ledger says where; the model before it keeps serving`);
  }
}
