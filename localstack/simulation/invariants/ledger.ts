// One ledger chain that only grows and never loses an acknowledged entry; who was its head when.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { type LedgerEntry, ledgerEntrySchema } from '../../../lambdas/core/ledger/entry.ts';
import { holdAt } from '../../../lambdas/core/ledger/history.ts';
import { PIPELINE } from '../../../lambdas/core/ledger/stopped.ts';
import { verifyLedger } from '../../../lambdas/core/ledger/verify.ts';
import type { Written } from '../services/tables.ts';
import { TABLES } from '../world/settings.ts';
import type { Violations } from './violation.ts';

const markSchema = z.object({ rev: z.number(), hash: z.string() });

export class LedgerWatch {
  readonly #violations: Violations;
  readonly #now: () => number;
  readonly entries: { readonly at: number; readonly entry: LedgerEntry }[] = [];

  constructor(violations: Violations, now: () => number) {
    this.#violations = violations;
    this.#now = now;
  }

  onItem({ table, pk, sk, before, after }: Written): void {
    if (table !== TABLES.registry || !pk.startsWith('ledger#')) return;
    if (sk === 'head') {
      this.#onMark(after === undefined ? null : markSchema.parse(unmarshall(after)));
      return;
    }
    if (before !== undefined || after === undefined) {
      this.#violations.report('ledger', `${sk} was written over or taken away`);
      return;
    }
    const { pk: _pk, sk: _sk, ...fields } = unmarshall(after);
    const parsed = ledgerEntrySchema.safeParse(fields);
    if (!parsed.success) {
      this.#violations.report('ledger', `${sk} is no entry`);
      return;
    }
    const earlier = this.entries.map(({ entry }) => entry);
    const { actor, action, rev } = parsed.data;
    const hold = actor.startsWith(PIPELINE) && action === 'promote' ? holdAt(earlier, parsed.data.time) : null;
    if (hold !== null)
      this.#violations.report('holds', `rev ${rev} is a promotion by ${actor} under the hold of rev ${hold.rev}`);
    this.entries.push({ at: this.#now(), entry: parsed.data });
    const check = verifyLedger(this.entries.map(({ entry }) => entry));
    if (!check.valid) this.#violations.report('ledger', check.text);
  }

  /** Someone was told that this entry stands. */
  acknowledge(rev: number, hash: string | null, by: string): void {
    const found = this.entries.find(({ entry }) => entry.rev === rev)?.entry;
    if (found === undefined || (hash !== null && found.hash !== hash)) {
      this.#violations.report('ledger', `${by} was told of rev ${rev}, which the ledger does not have`);
    }
  }

  /** Versions that were the promoted one at some time since. Null stands for none. */
  headsSince(time: number): Set<number | null> {
    const before = this.entries.findLast(({ at }) => at <= time)?.entry.version ?? null;
    return new Set([before, ...this.entries.filter(({ at }) => at > time).map(({ entry }) => entry.version)]);
  }

  #onMark(mark: z.infer<typeof markSchema> | null): void {
    const last = this.entries.at(-1)?.entry;
    if (mark?.rev !== last?.rev || mark?.hash !== last?.hash) {
      this.#violations.report('ledger', `the mark says rev ${mark?.rev}, the last entry is rev ${last?.rev}`);
    }
  }
}
