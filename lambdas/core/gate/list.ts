// The gate's checks in the order in which a reader meets them. A new check is a file in checks/ and a line here.

import type { GateCheck } from './check.ts';
import { aurocNotWorse } from './checks/auroc-not-worse.ts';
import { beatsBedside } from './checks/beats-bedside.ts';
import { beatsConstant } from './checks/beats-constant.ts';
import { beatsSimplerCandidates } from './checks/beats-simpler-candidates.ts';
import { better } from './checks/better.ts';
import { calibration } from './checks/calibration.ts';
import { holdsInTime } from './checks/holds-in-time.ts';
import { leak } from './checks/leak.ts';
import { logLossNotWorse } from './checks/log-loss-not-worse.ts';
import { subgroups } from './checks/subgroups.ts';

export const CHECKS: readonly GateCheck[] = [
  leak,
  calibration,
  holdsInTime,
  beatsConstant,
  beatsBedside,
  beatsSimplerCandidates,
  logLossNotWorse,
  aurocNotWorse,
  better,
  subgroups,
];
