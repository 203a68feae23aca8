// What the feature formulas look at: the encounter and the facts of its diagnoses, read once a row.
import type { CodingSystem, DiagnosisFacts } from '../coding.ts';
import type { Encounter } from '../fields/index.ts';
import type { Feature } from '../matrix.ts';

export interface View {
  encounter: Encounter;
  first: DiagnosisFacts | null;
  second: DiagnosisFacts | null;
  third: DiagnosisFacts | null;
  /** Unions of the bits of the three. */
  conditions: number;
  comorbidities: number;
}

/** A feature with its formula. NaN stands for a missing value. */
export interface FeatureSpec extends Feature {
  readonly value: (view: View) => number;
}

/** Codes come in thousands of forms, a served process sees few: above this many the cache starts anew. */
const CACHE_LIMIT = 4096;

/** Points a view at an encounter whose diagnoses are of one coding system. */
export function viewer(coding: CodingSystem): (view: View, encounter: Encounter) => void {
  const cache = new Map<string, DiagnosisFacts>();
  const factsOf = (code: string | null): DiagnosisFacts | null => {
    if (code === null) return null;
    const kept = cache.get(code);
    if (kept !== undefined) return kept;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    const facts = coding.facts(code);
    cache.set(code, facts);
    return facts;
  };
  return (view, encounter) => {
    view.encounter = encounter;
    view.first = factsOf(encounter.diag_1);
    view.second = factsOf(encounter.diag_2);
    view.third = factsOf(encounter.diag_3);
    const { first, second, third } = view;
    view.conditions = (first?.conditions ?? 0) | (second?.conditions ?? 0) | (third?.conditions ?? 0);
    view.comorbidities = (first?.comorbidities ?? 0) | (second?.comorbidities ?? 0) | (third?.comorbidities ?? 0);
  };
}
