// Records say of a run and of an execution what the ledger says.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { Execution } from '../services/executions.ts';
import type { Tables } from '../services/tables.ts';
import { TABLES } from '../world/settings.ts';
import type { LedgerWatch } from './ledger.ts';
import type { Violations } from './violation.ts';

const outcomeSchema = z.object({ run_id: z.string(), outcome: z.string(), version: z.number().nullable() });
const summarySchema = z.object({
  outcome: z.string(),
  version: z.number().nullable().optional(),
  rev: z.number().optional(),
  promoted_rev: z.number().nullable().optional(),
});

export class RecordsWatch {
  readonly #violations: Violations;
  readonly #ledger: LedgerWatch;
  readonly #tables: Tables;

  constructor(violations: Violations, ledger: LedgerWatch, tables: Tables) {
    this.#violations = violations;
    this.#ledger = ledger;
    this.#tables = tables;
  }

  check(executions: readonly Execution[]): void {
    for (const item of this.#tables.items(TABLES.tracking, 'outcomes'))
      this.#checkRun(outcomeSchema.parse(unmarshall(item)));
    for (const execution of executions) this.#checkExecution(execution);
  }

  #checkRun({ run_id, outcome }: z.infer<typeof outcomeSchema>): void {
    const promoted = this.#entries().some(
      ({ evidence, action }) => action === 'promote' && evidence.startsWith(`runs/${run_id}/`),
    );
    if (promoted === (outcome === 'promoted')) return;
    this.#violations.report(
      'records',
      `run ${run_id} is recorded as ${outcome}; the ledger ${promoted ? 'has' : 'lacks'} it`,
    );
  }

  #checkExecution({ name, status }: Execution): void {
    if (status === 'RUNNING') return;
    const item = this.#tables.items(TABLES.tracking, `execution#${name}`).find(({ sk }) => sk?.S === 'summary');
    if (item === undefined) return;
    const { outcome, rev, version, promoted_rev } = summarySchema.parse(unmarshall(item));
    const own = this.#entries().findLast(({ actor }) => actor === `pipeline:${name}`);
    const told = `execution ${name} is recorded as ${outcome}`;
    if (outcome === 'promoted') {
      const entry = this.#entries().find((one) => one.rev === rev);
      if (entry?.version !== version)
        this.#violations.report('records', `${told} at rev ${rev}, which is not of version ${version}`);
    } else if (own !== undefined && promoted_rev !== own.rev) {
      this.#violations.report('records', `${told}; it wrote rev ${own.rev} of the ledger`);
    }
    if (outcome === 'failed' && status === 'SUCCEEDED')
      this.#violations.report('records', `${told}, and has succeeded`);
  }

  #entries() {
    return this.#ledger.entries.map(({ entry }) => entry);
  }
}
