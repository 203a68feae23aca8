// node localstack/bench/trainer-folds.ts --data FILE --out FOLDS.csv [--threads N]: cross-validates boosting on training patients and
// writes the very rows, features and folds, so that trainer-folds.py can do the same with XGBoost and LightGBM.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEFAULT_CANDIDATES, fittableSchema } from '../../lambdas/core/candidates/candidate.ts';
import { crossValidate, isForStopping } from '../../lambdas/core/candidates/cross-validate.ts';
import { foldOf } from '../../lambdas/core/candidates/fold.ts';
import type { LabelledMatrix } from '../../lambdas/core/encounter/matrix.ts';
import { readEncounters } from '../train/read-encounters.ts';

const FOLDS = 5;
const SEED = 1;
const optionsSchema = z.object({
  data: z.string(),
  out: z.string(),
  threads: z.coerce.number().int().min(1).default(2),
});
const text = { type: 'string' } as const;
const options = optionsSchema.parse(parseArgs({ options: { data: text, out: text, threads: text } }).values);

const { train } = await readEncounters(options.data, 'diabetes130-v1');
await writeFolds(train, options.out);
for (const [name, params] of Object.entries({
  'depth-wise': {},
  'the standard model': DEFAULT_CANDIDATES[0].params,
} as const)) {
  const candidate = fittableSchema.parse({ algorithm: 'gradient_boosting', seed: SEED, calibration: 'none', params });
  const { auroc, auroc_sd, log_loss, log_loss_sd, folds } = await crossValidate(candidate, train, FOLDS, SEED, options);
  console.log(
    JSON.stringify({
      model: `readmit, ${name}`,
      auroc,
      auroc_sd,
      log_loss,
      log_loss_sd,
      rounds: folds.map((fold) => fold.rounds),
    }),
  );
}

async function writeFolds(rows: LabelledMatrix, file: string): Promise<void> {
  const out = createWriteStream(file);
  const names = rows.features.map(({ name, kind }) => `${kind}:${name}`);
  out.write(`${['fold', 'stopping', 'label', ...names].join(',')}\n`);
  const width = rows.features.length;
  for (let row = 0; row < rows.rows; row += 1) {
    const group = rows.groups[row];
    const cells = Array.from(rows.values.subarray(row * width, (row + 1) * width), (x) =>
      Number.isNaN(x) ? '' : String(x),
    );
    const place = [foldOf(group, FOLDS, SEED), isForStopping(group, SEED) ? 1 : 0, rows.labels[row]];
    out.write(`${[...place, ...cells].join(',')}\n`);
  }
  out.end();
  await finished(out);
}
