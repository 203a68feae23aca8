// The ladder: what is done about a window's evidence. One answer for the same facts, with the reason in words.

export type Rung = 'nothing' | 'note' | 'recalibrate' | 'retrain';

export interface WindowEvidence {
  /** The sequential alarm over observed against predicted. */
  readonly calibrationAlarm: boolean;
  /** AUROC on the matured cohorts with its interval, and what the model had when it was promoted; null where not measured. */
  readonly auroc: { readonly high: number; readonly promotedWith: number } | null;
  /** Share of encounters with a value that training never held. */
  readonly unseenShare: number;
  /** Fields that drifted in two windows running, most important first. */
  readonly persistentFields: readonly string[];
}

export interface LadderState {
  /** The operator's setting. */
  readonly enabled: boolean;
  /** An operator's hold on the served version. */
  readonly held: boolean;
  /** Milliseconds since 1970 of the last recalibration or retraining that the ladder began; null before the first. */
  readonly lastActed: number | null;
  /** The window for which it was begun. */
  readonly lastWindow: string | null;
}

export interface Decision {
  readonly rung: Rung;
  /** What was seen. */
  readonly because: readonly Reason[];
  /** Why less was done than what was seen asks for; null where it was not. */
  readonly heldBackBy: 'setting' | 'hold' | 'cooldown' | 'same_window' | null;
}

export type Reason = 'calibration' | 'auroc' | 'unseen_values' | 'field_drift';

/** A tenth of the encounters with values that the model never saw: more than new codes of a year bring. */
const UNSEEN_LIMIT = 0.1;
/** A new version needs matured cohorts before it can be judged; acting sooner would act on the old one's record. */
const COOLDOWN_MS = 37 * 24 * 3600 * 1000;

/**
 * AUROC below what was promised, beyond its interval, or unseen values: retrain. Else a calibration alarm: recalibrate. Else
 * lasting drift of fields: a note. One action a window, none within the cooldown, none under a hold or with the ladder off.
 * @param now milliseconds since 1970
 */
export function decideRung(window: string, evidence: WindowEvidence, state: LadderState, now: number): Decision {
  const because = reasonsOf(evidence);
  const asked = rungOf(because);
  if (asked === 'nothing' || asked === 'note') return { rung: asked, because, heldBackBy: null };
  const heldBackBy = obstacle(window, state, now);
  return { rung: heldBackBy === null ? asked : 'note', because, heldBackBy };
}

function reasonsOf({ calibrationAlarm, auroc, unseenShare, persistentFields }: WindowEvidence): Reason[] {
  const seen: readonly (readonly [Reason, boolean])[] = [
    ['auroc', auroc !== null && auroc.high < auroc.promotedWith],
    ['unseen_values', unseenShare > UNSEEN_LIMIT],
    ['calibration', calibrationAlarm],
    ['field_drift', persistentFields.length > 0],
  ];
  return seen.filter(([, holds]) => holds).map(([reason]) => reason);
}

function rungOf(because: readonly Reason[]): Rung {
  if (because.includes('auroc') || because.includes('unseen_values')) return 'retrain';
  if (because.includes('calibration')) return 'recalibrate';
  return because.length > 0 ? 'note' : 'nothing';
}

function obstacle(window: string, state: LadderState, now: number): Decision['heldBackBy'] {
  if (!state.enabled) return 'setting';
  if (state.held) return 'hold';
  if (state.lastWindow === window) return 'same_window';
  return state.lastActed !== null && now - state.lastActed < COOLDOWN_MS ? 'cooldown' : null;
}
