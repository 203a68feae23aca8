import { expect, test } from 'vitest';
import { encounterSchema } from '../encounter/contract.ts';
import { EXAMPLES } from '../encounter/examples.ts';
import { predictionLine } from './prediction-line.ts';
