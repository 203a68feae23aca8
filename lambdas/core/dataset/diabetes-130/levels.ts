// Levels of the category features: values with at least 30 (ids), 100 (specialties) or 60 (categories of the primary
// diagnosis) training encounters in the data of 1999-2008.
import type { FeatureLevels } from '../dataset.ts';

const PRIMARY_DIAGNOSES = `
  008 038 079 153 154 157 162 174 182 185 188 189 197 198 202 211 218 250 274 276 278 280 282 285 287 288 290 291
  292 294 295 296 300 331 345 346 348 386 398 401 402 403 404 410 411 413 414 415 424 425 426 427 428 431 432 433
  434 435 436 437 438 440 441 443 444 453 455 458 459 466 482 486 487 490 491 493 496 507 511 515 518 530 531 532
  535 536 537 540 552 553 557 558 560 562 564 566 569 571 572 574 575 576 577 578 584 590 592 593 595 599 600 608
  618 626 648 654 681 682 707 715 721 722 723 724 726 728 729 730 733 780 781 782 784 785 786 787 789 790 805 807
  808 812 813 820 821 823 824 852 995 996 997 998 V55 V57 V58
`
  .trim()
  .split(/\s+/);

export const LEVELS: FeatureLevels = {
  admissionTypes: [1, 2, 3],
  dispositions: [1, 2, 3, 4, 5, 6, 7, 8, 15, 22, 23, 24, 28],
  admissionSources: [1, 2, 3, 4, 5, 6, 7],
  specialties: [
    'Cardiology',
    'Emergency/Trauma',
    'Family/GeneralPractice',
    'Gastroenterology',
    'Hematology/Oncology',
    'InternalMedicine',
    'Nephrology',
    'Neurology',
    'ObstetricsandGynecology',
    'Oncology',
    'Orthopedics',
    'Orthopedics-Reconstructive',
    'Pediatrics',
    'Pediatrics-Endocrinology',
    'PhysicalMedicineandRehabilitation',
    'Psychiatry',
    'Pulmonology',
    'Radiologist',
    'Surgery-Cardiovascular/Thoracic',
    'Surgery-General',
    'Surgery-Neuro',
    'Surgery-Vascular',
    'Urology',
  ],
  primaryDiagnoses: PRIMARY_DIAGNOSES,
};
