// The predict function. Everything that can be done once is done while it starts, the promoted model included.
import { isSignedBeyond } from '../../aws/checkpoints.ts';
import { ticks } from '../../aws/clock.ts';
import { ledgerHead } from '../../aws/registry.ts';
import { settings } from '../../aws/settings.ts';
import { TamperedLedgerError, verifiedHead } from '../../core/ledger/head.ts';
import { PREDICT_ROUTES } from '../../core/routes/predict.ts';
import { serve } from '../http/serve.ts';
import { predictBatch } from './batch.ts';
import { Champion } from './champion.ts';
import { loadModel } from './model.ts';
import { predict } from './predict.ts';
import { health, index, modelInfo, reloadModel } from './status.ts';

const champion = new Champion({
  readHead: () => ledgerHead(verifiedHead),
  load: async (entry) => {
    // Once for each change of the pointer: a ledger that was cut back with its mark still ends before what was signed.
    if (await isSignedBeyond(entry.rev)) throw new TamperedLedgerError(`entries after rev ${entry.rev} were removed`);
    return loadModel(entry);
  },
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
