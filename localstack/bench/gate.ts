// npm run bench:gate -- --data FILE: how often the gate errs, and what it finds. Prints docs/gate.md's table and one JSON line.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SUBGROUPS, sliceOf } from '../../lambdas/core/evaluation/subgroups.ts';
import type { Spending } from '../../lambdas/core/gate/budget.ts';
import { describeFailure, LocalFailure } from '../failure.ts';
import { readEncounters } from '../train/read-encounters.ts';
import { type Decided, Decisions, type TestRows } from './gate-decisions.ts';
import { BENCH_KINDS, benchModels, mulberry32, NULL_KIND } from './gate-models.ts';
import { fileSha256, fitPool, type PoolModel } from './gate-pool.ts';

const optionsSchema = z.object({
  data: z.string().default(process.env.READMIT_DATA ?? ''),
  /** Standard models that differ by seed and row order alone. */
  nulls: z.coerce.number().int().min(20).default(48),
  /** Models of each crippled kind. */
  each: z.coerce.number().int().min(1).default(2),
  chains: z.coerce.number().int().min(1).default(200),
});
const text = { type: 'string' } as const;
const SPLIT_SALT = 'diabetes130-v1';
const DECISIONS = 400;
const CHAIN = 20;
const CHALLENGERS = 10;

async function bench({ data, nulls, each, chains }: z.infer<typeof optionsSchema>): Promise<void> {
  if (data === '')
    throw new LocalFailure('There is no file to measure on.', 'npm run bench:gate -- --data diabetic_data.csv');
  const levels = Object.entries(SUBGROUPS).map(([name, levelOf]) => ({ name, levelOf, found: [] as string[] }));
  const rows = await readEncounters(data, SPLIT_SALT, (encounter, split) => {
    if (split === 'test') for (const { levelOf, found } of levels) found.push(levelOf(encounter));
  });
  const pool = await fitPool(benchModels(nulls, each), rows, fileSha256(data), (line) => console.error(line));
  const positives = rows.train.labels.reduce((sum, label) => sum + label, 0);
  const test: TestRows = {
    ...{ labels: rows.test.labels, groups: rows.test.groups, rate: positives / rows.train.rows },
    slices: Object.fromEntries(levels.map(({ name, found }) => [name, sliceOf(found)])),
  };
  const decisions = new Decisions(test);
  const standard = pool.filter(({ kind }) => kind === NULL_KIND);
  const random = mulberry32(14);

  console.log(
    `${test.labels.length} test rows, ${standard.length} standard models, ${pool.length - standard.length} crippled ones\n`,
  );
  const single = nullDecisions(decisions, standard, random);
  console.log(
    `(a) ${single.of} null decisions, each the first on its test rows: ${percent(single.promoted, single.of)} promoted`,
  );
  const chain = nullChains(decisions, standard, random, chains);
  console.log(
    `(b) ${chain.chains} chains of ${CHAIN} retrains: ${percent(chain.withFalse, chain.chains)} with a false superior promotion; ${chain.promoted} of ${chain.of} decisions promoted`,
  );
  const power = BENCH_KINDS.map((kind) => powerAgainst(kind, decisions, pool, standard));
  console.log('\n| champion | true gain in log loss | promoted at the 1st decision | at the 5th | at the 10th |');
  console.log('|---|---|---|---|---|');
  for (const { kind, gain, shares } of power) {
    console.log(
      `| ${kind} | ${gain.toFixed(5)} | ${shares.map((share) => `${(100 * share).toFixed(0)} %`).join(' | ')} |`,
    );
  }
  const worse = worseChallengers(decisions, pool, standard, random);
  console.log(`\n(d) ${worse.of} truly worse challengers: ${worse.promoted} promoted`);
  console.log(JSON.stringify({ single, chain, power, worse }));
}

type Random = () => number;
const one = <T>(of: readonly T[], random: Random): T => of[Math.floor(random() * of.length)];
const percent = (part: number, of: number) => `${part} (${((100 * part) / of).toFixed(1)} %)`;

/** Ordered pairs of two different standard models, each pair at most once. */
function nullDecisions(decisions: Decisions, standard: readonly PoolModel[], random: Random) {
  const pairs = shuffled(
    standard.flatMap((a) => standard.flatMap((b) => (a === b ? [] : [{ a, b }]))),
    random,
  );
  const drawn = pairs.slice(0, DECISIONS);
  const promoted = drawn.filter(({ a, b }) => decisions.decide(a, b, null).kind !== null).length;
  return { of: drawn.length, promoted };
}

/** Chains: a champion and twenty challengers, all different models; a promoted one becomes the champion, the budget runs on. */
function nullChains(decisions: Decisions, standard: readonly PoolModel[], random: Random, chains: number) {
  let withFalse = 0;
  let promoted = 0;
  for (let chain = 0; chain < chains; chain++) {
    const [first, ...challengers] = shuffled(standard, random).slice(0, CHAIN + 1);
    let champion = first;
    let before: Spending | null = null;
    let errors = 0;
    for (const challenger of challengers) {
      const { kind, spending }: Decided = decisions.decide(challenger, champion, before);
      before = spending;
      if (kind === null) continue;
      champion = challenger;
      errors++;
    }
    promoted += errors;
    if (errors > 0) withFalse++;
  }
  return { chains, withFalse, promoted, of: chains * CHAIN };
}

/** The first ten standard models against every champion of the kind; the gain is the mean difference over pairs with all of them. */
function powerAgainst(kind: string, decisions: Decisions, pool: readonly PoolModel[], standard: readonly PoolModel[]) {
  const against = (challengers: readonly PoolModel[]) =>
    pool.filter((model) => model.kind === kind).flatMap((b) => challengers.map((a) => ({ a, b })));
  const all = against(standard);
  const gain = all.reduce((sum, { a, b }) => sum - decisions.difference(a, b).value, 0) / all.length;
  const pairs = against(standard.slice(0, CHALLENGERS));
  const shares = [1, 5, 10].map((nth) => {
    const before = decisions.spentAfter(nth - 1);
    return pairs.filter(({ a, b }) => decisions.decide(a, b, before).kind !== null).length / pairs.length;
  });
  return { kind, gain, shares };
}

/** Crippled models that cost at least a null model's noise, as challengers of standard champions. */
function worseChallengers(
  decisions: Decisions,
  pool: readonly PoolModel[],
  standard: readonly PoolModel[],
  random: Random,
) {
  const crippled = pool.filter(({ kind }) => kind !== NULL_KIND);
  const drawn = Array.from({ length: DECISIONS }, () => ({ a: one(crippled, random), b: one(standard, random) }));
  const promoted = drawn.filter(({ a, b }) => decisions.decide(a, b, null).kind !== null).length;
  return { of: drawn.length, promoted };
}

function shuffled<T>(of: readonly T[], random: Random): T[] {
  const all = [...of];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all;
}

try {
  const { values } = parseArgs({ options: { data: text, nulls: text, each: text, chains: text } });
  await bench(optionsSchema.parse(values));
} catch (error) {
  console.error(`\n${describeFailure(error)}`);
  process.exitCode = 1;
}
