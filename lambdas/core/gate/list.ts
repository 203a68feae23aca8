// The gate's checks in the order in which a reader meets them. A new check is a file in checks/ and a line here.

import type { GateCheck } from './check.ts';
import { aurocNotWorse } from './checks/auroc-not-worse.ts';
import { beatsConstant } from './checks/beats-constant.ts';
import { beatsForest } from './checks/beats-forest.ts';
import { better } from './checks/better.ts';
import { calibration } from './checks/calibration.ts';
import { leak } from './checks/leak.ts';
import { logLossNotWorse } from './checks/log-loss-not-worse.ts';
import { subgroups } from './checks/subgroups.ts';

export const CHECKS: readonly GateCheck[] = [
  leak,
  calibration,
  beatsConstant,
  beatsForest,
  logLossNotWorse,
  aurocNotWorse,
  better,
  subgroups,
];
