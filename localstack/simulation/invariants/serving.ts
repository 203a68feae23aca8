// Answers: none from a version that was replaced longer than a time to live ago, and each counted once.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { SHARDS } from '../../../lambdas/aws/counters.ts';
import { fromItems } from '../../../lambdas/core/exposition/stored.ts';
import type { Tables } from '../services/tables.ts';
import type { Process } from '../world/process.ts';
import type { Answer } from '../world/requests.ts';
import { TABLES, TIME_TO_LIVE_MS } from '../world/settings.ts';
import type { LedgerWatch } from './ledger.ts';
import type { Violations } from './violation.ts';

const predictionSchema = z.object({ model_version: z.string() });

export class ServingWatch {
  readonly #violations: Violations;
  readonly #ledger: LedgerWatch;
  readonly #tables: Tables;
  /** Answers that clients got, by version. */
  readonly #answered = new Map<string, number>();

  constructor(violations: Violations, ledger: LedgerWatch, tables: Tables) {
    this.#violations = violations;
    this.#ledger = ledger;
    this.#tables = tables;
  }

  /** @param begun when the request reached the function */
  onAnswer({ status, body }: Answer, process: Process, begun: number): void {
    if (status === 503) return;
    if (status !== 200) {
      this.#violations.report('answers', `POST /predict answered ${status}`);
      return;
    }
    const version = predictionSchema.parse(body).model_version;
    this.#answered.set(version, (this.#answered.get(version) ?? 0) + 1);
    const since = begun - TIME_TO_LIVE_MS;
    const allowed = this.#ledger.headsSince(since);
    if (allowed.has(Number(version))) return;
    // The promise holds as long as the registry answers.
    if (process.troubledAt >= since) return;
    const told = [...allowed].map((one) => one ?? 'none').join(', ');
    this.#violations.report(
      'serving',
      `${process.label} answered with version ${version}; in the last 15 s there was ${told}`,
    );
  }

  /** What is counted, by version. */
  counted(): Map<string, number> {
    const items = Array.from({ length: SHARDS }, (_, shard) =>
      this.#tables.items(TABLES.metrics, `counters#${String(shard).padStart(2, '0')}`).map((item) => unmarshall(item)),
    ).flat();
    const { models } = fromItems(items);
    return new Map([...models.values()].map((model) => [model.version, model.class_0 + model.class_1]));
  }

  /** Never more than was answered; once everything is delivered, as many. */
  checkCounters(all: boolean): void {
    const counted = this.counted();
    for (const version of new Set([...counted.keys(), ...this.#answered.keys()])) {
      const [have, given] = [counted.get(version) ?? 0, this.#answered.get(version) ?? 0];
      if (have > given || (all && have !== given)) {
        this.#violations.report('counters', `version ${version} gave ${given} answers; ${have} are counted`);
      }
    }
  }
}
