// GET /metrics: the state of the service as Prometheus text.
import { ledgerHead } from '../../aws/registry.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { text } from '../http/answer.ts';
import { serve } from '../http/routes.ts';

export const handler = serve({
  'GET /metrics': async () => {
    const head = await ledgerHead(ledgerEntrySchema);
    const lines = [
      '# HELP readmit_ledger_rev Entries of the ledger of the promoted model.',
      '# TYPE readmit_ledger_rev gauge',
      `readmit_ledger_rev ${head?.rev ?? 0}`,
    ];
    return text(`${lines.join('\n')}\n`, 'text/plain; version=0.0.4; charset=utf-8');
  },
});
