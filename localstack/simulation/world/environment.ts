// An environment of the predict function: it follows the ledger by its Champion, answers requests, and is frozen between them.
import { serve } from '../../../lambdas/api/http/serve.ts';
import { predictBatch } from '../../../lambdas/api/predict/batch.ts';
import { Champion } from '../../../lambdas/api/predict/champion.ts';
import { loadModel } from '../../../lambdas/api/predict/model.ts';
import { predict } from '../../../lambdas/api/predict/predict.ts';
import { health, index, modelInfo, reloadModel } from '../../../lambdas/api/predict/status.ts';
import { isSignedBeyond } from '../../../lambdas/aws/checkpoints.ts';
import { ticks } from '../../../lambdas/aws/clock.ts';
import { ledgerHead } from '../../../lambdas/aws/registry.ts';
import { LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import { TamperedLedgerError, verifiedHead } from '../../../lambdas/core/ledger/head.ts';
import { PREDICT_ROUTES } from '../../../lambdas/core/routes/predict.ts';
import type { Process } from './process.ts';
import { type Answer, ask, type Handler } from './requests.ts';
import { TIME_TO_LIVE_MS } from './settings.ts';

export class Environment {
  readonly process: Process;
  #handler: Handler | null = null;
  #asked = false;

  constructor(process: Process) {
    this.process = process;
  }

  get busy(): boolean {
    return this.#asked;
  }

  /** Thaws it, has one request answered, and freezes it again, with whatever it left under way. */
  async predict(): Promise<Answer> {
    this.#asked = true;
    if (this.process.life === 'frozen') this.process.life = 'running';
    try {
      return await this.process.run(async () => {
        this.#handler ??= await start();
        return ask(this.#handler, 'POST /predict', LOW_RISK_PRESET);
      });
    } finally {
      this.#asked = false;
      if (this.process.life === 'running') this.process.life = 'frozen';
    }
  }
}

/** As lambdas/api/predict/handler.ts does when its module is loaded: once a process there, once an environment here. */
async function start(): Promise<Handler> {
  const champion = new Champion({
    readHead: () => ledgerHead(verifiedHead),
    load: async (entry) => {
      if (await isSignedBeyond(entry.rev)) throw new TamperedLedgerError(`entries after rev ${entry.rev} were removed`);
      return loadModel(entry);
    },
    ticks,
    timeToLiveMs: TIME_TO_LIVE_MS,
    patienceMs: 2000,
  });
  await champion.refresh();
  const handler: unknown = serve(PREDICT_ROUTES, 'token', {
    'POST /predict': (request) => predict(champion, request),
    'POST /predict/batch': (request) => predictBatch(champion, request),
    'GET /health': (request) => health(champion, request),
    'GET /model-info': () => modelInfo(champion),
    'POST /reload-model': () => reloadModel(champion),
    'GET /': index,
  });
  if (typeof handler !== 'function') throw new TypeError('serve gives a handler');
  return async (event, context) => handler(event, context);
}
