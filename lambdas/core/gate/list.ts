// The gate's checks in the order in which a reader meets them. A new check is a file in checks/ and a line here.

import type { GateCheck } from './check.ts';
import { aurocNotWorse } from './checks/auroc-not-worse.ts';
import { baseRate } from './checks/base-rate.ts';
import { beatsBedside } from './checks/beats-bedside.ts';
import { beatsConstant } from './checks/beats-constant.ts';
import { beatsSimplerCandidates } from './checks/beats-simpler-candidates.ts';
import { calibration } from './checks/calibration.ts';
import { calibrationNotWorse } from './checks/calibration-not-worse.ts';
import { comparable } from './checks/comparable.ts';
import { enoughTestRows } from './checks/enough-test-rows.ts';
import { enoughTrainingRows } from './checks/enough-training-rows.ts';
import { holdsInTime } from './checks/holds-in-time.ts';
import { leak } from './checks/leak.ts';
import { logLossNotWorse } from './checks/log-loss-not-worse.ts';
import { lossAtRandom } from './checks/loss-at-random.ts';
import { refresh } from './checks/refresh.ts';
import { setAsideShare } from './checks/set-aside-share.ts';
import { subgroups } from './checks/subgroups.ts';
import { superior } from './checks/superior.ts';

export const CHECKS: readonly GateCheck[] = [
  enoughTrainingRows,
  enoughTestRows,
  setAsideShare,
  lossAtRandom,
  baseRate,
  leak,
  calibration,
  holdsInTime,
  beatsConstant,
  beatsBedside,
  beatsSimplerCandidates,
  comparable,
  logLossNotWorse,
  aurocNotWorse,
  calibrationNotWorse,
  subgroups,
  superior,
  refresh,
];
