// What each function's role lets it do with objects, from the tables that the stack is made of.
import { API_FUNCTIONS } from '../../../lib/api-functions.ts';
import { STEP_NAMES, STEPS } from '../../../lib/steps.ts';
import type { ObjectAccess } from '../../../lib/storage.ts';
import type { ObjectRights } from '../services/objects.ts';

interface Granted {
  readonly objects?: ObjectAccess;
  readonly knowsAbsence?: true;
}

/** By function: the eight steps, and those behind the API. */
export function rightsByFunction(): Record<string, ObjectRights> {
  const rights = (granted: Granted): ObjectRights => ({
    read: [...(granted.objects?.read ?? [])],
    write: [...(granted.objects?.write ?? [])],
    list: granted.knowsAbsence === true,
  });
  return Object.fromEntries([
    ...STEP_NAMES.map((name) => [name, rights(STEPS[name])] as const),
    // Its grants stand in lib/prediction-counts.ts: it reads and writes no object.
    ['Monitor', { read: [], write: [], list: false }],
    ...Object.entries(API_FUNCTIONS).map(([name, spec]) => [name, rights(spec)] as const),
  ]);
}
