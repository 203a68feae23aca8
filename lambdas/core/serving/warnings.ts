// Reasons to trust one prediction less: a model of generated rows, values that the training rows never held, ids that mean "not known", patients
// who cannot be readmitted.
import type { Signature } from '../candidates/signature.ts';
import { type Dataset, isEligible } from '../dataset/dataset.ts';
import { systemOf } from '../encounter/codes/systems.ts';
import { type Encounter, FIELD_LIST } from '../encounter/contract.ts';
import type { Warning } from './answers.ts';

/** Ids that the hospitals use for "not known", and ids that their mapping does not name. */
const UNMAPPED: readonly FieldCheck[] = FIELD_LIST.flatMap((field) => {
  if (field.kind !== 'id') return [];
  const { name, meanings } = field;
  const mapped: ReadonlySet<unknown> = new Set(meanings.filter((meaning) => meaning.mapped).map(({ id }) => id));
  const check: FieldCheck = (encounter, found) => {
    const id = encounter[name];
    if (!mapped.has(id))
      found.push({ field: name, code: 'unmapped_id', message: `${name} ${id} does not say what it was` });
  };
  return [check];
});

const OF_NOBODY: Warning = {
  field: 'model_version',
  code: 'synthetic_training_data',
  message: 'the model was trained on generated rows: its answers say nothing about patients',
};

/** Compiles what training saw into a check of one encounter; the list is empty for most. */
export function warningsOf(seen: Signature['seen'], dataset: Dataset): (encounter: Encounter) => Warning[] {
  const checks = Object.entries(seen).map(([field, values]) => fieldCheck(field, values));
  return (encounter) => {
    const found: Warning[] = dataset.synthetic ? [OF_NOBODY] : [];
    for (const check of checks) check(encounter, found);
    for (const check of UNMAPPED) check(encounter, found);
    if (!isEligible(encounter, dataset)) {
      found.push({
        field: 'discharge_disposition_id',
        code: 'ineligible_disposition',
        message: `the stay ${dataset.eligibility.because}: the model was not made for such patients`,
      });
    }
    return found;
  };
}

type FieldCheck = (encounter: Encounter, found: Warning[]) => void;

function fieldCheck(field: string, seen: Signature['seen'][string]): FieldCheck {
  if (seen.kind === 'range') {
    const { min, max } = seen;
    const message = `${field} is outside of the training range ${min} to ${max}`;
    return (encounter, found) => {
      const given = value(encounter, field);
      if (typeof given !== 'number' || (given >= min && given <= max)) return;
      found.push({ field, code: 'outside_training_range', message });
    };
  }
  const known = new Set(seen.values.map(String));
  if (isDiagnosis(field)) return diagnosisCheck(field, known);
  const message = `the training data never held this value of ${field}`;
  return (encounter, found) => {
    const given = value(encounter, field);
    if (given === null || given === undefined || known.has(String(given))) return;
    found.push({ field, code: 'unseen_value', message });
  };
}

const isDiagnosis = (field: string) => FIELD_LIST.some(({ name, kind }) => name === field && kind === 'diagnosis');

/** A code of a system that training held none of says less than its absence there: it is read by the groups of both. */
function diagnosisCheck(field: string, known: ReadonlySet<string>): FieldCheck {
  const systems = new Set([...known].filter((code) => code !== 'null').map(systemOf));
  const unseen = `the training data never held this value of ${field}`;
  return (encounter, found) => {
    const given = value(encounter, field);
    if (typeof given !== 'string' || known.has(given)) return;
    const system = systemOf(given);
    if (systems.has(system)) found.push({ field, code: 'unseen_value', message: unseen });
    else {
      const message = `the training data held no ${system} code in ${field}: it is read by the groups that both systems have`;
      found.push({ field, code: 'unseen_coding_system', message });
    }
  };
}

function value(encounter: Encounter, field: string): unknown {
  return Object.hasOwn(encounter, field) ? Reflect.get(encounter, field) : undefined;
}
