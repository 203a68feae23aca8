// All that watches over a history.

import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { StoredObject } from '../services/objects.ts';
import type { Written } from '../services/tables.ts';
import { nameOf } from '../world/network.ts';
import type { Process } from '../world/process.ts';
import type { Watcher, World } from '../world/world.ts';
import { LedgerWatch } from './ledger.ts';
import { RecordsWatch } from './records.ts';
import { RowsWatch } from './rows.ts';
import { ServingWatch } from './serving.ts';
import { TrainingWatch } from './training.ts';
import { Violations } from './violation.ts';

export interface Watches {
  readonly ledger: LedgerWatch;
  readonly rows: RowsWatch;
  readonly training: TrainingWatch;
  readonly serving: ServingWatch;
  readonly records: RecordsWatch;
}

export class Witness implements Watcher {
  readonly violations = new Violations();
  #watches: Watches | null = null;
  #acting = '';
  #command = '';

  /** Begins to watch a world. */
  watch({ clock, tables, objects }: World): Watches {
    const { violations } = this;
    const ledger = new LedgerWatch(violations, () => clock.now);
    const rows = new RowsWatch(violations, tables, objects);
    this.#watches = {
      ...{ ledger, rows },
      training: new TrainingWatch(violations, tables, objects, rows),
      serving: new ServingWatch(violations, ledger, tables),
      records: new RecordsWatch(violations, ledger, tables),
    };
    return this.#watches;
  }

  /** Before a command takes effect: whose it is. */
  onCommand(command: unknown, process: Process): void {
    this.#acting = process.label;
    this.#command = nameOf(command);
    if (command instanceof GetObjectCommand) {
      this.#watches?.training.onRead(process.label, command.input.Key ?? '');
    }
  }

  onItem(written: Written): void {
    this.#watches?.ledger.onItem(written);
    this.#watches?.training.onItem(written, this.#acting);
  }

  onObject(key: string, stored: StoredObject, before: StoredObject | undefined): void {
    if (key.startsWith('incoming/')) this.#watches?.rows.onSource(stored.bytes);
    // Whoever has S3's own means may put another file there; the API may not.
    const byOwnMeans = key.startsWith('incoming/') && this.#command !== 'CompleteMultipartUpload';
    if (before === undefined || byOwnMeans) return;
    if (Buffer.compare(before.bytes, stored.bytes) !== 0) {
      this.violations.report('immutable', `${key} was written over with other bytes by ${this.#acting}`);
    }
  }
}
