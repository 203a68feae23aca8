// The page in a real browser, in the order of a first day: nothing promoted, the chain, predictions, changes, looks.
import { afterAll, beforeAll, describe } from 'vitest';
import { chainTests } from './chain-tests.ts';
import { looksTests } from './looks-tests.ts';
import { openSite, type Site } from './open-page.ts';
import { operatorTests } from './operator-tests.ts';
import { predictTests } from './predict-tests.ts';

let opened: Site;
const site = () => opened;
beforeAll(async () => {
  opened = await openSite();
});
afterAll(() => opened?.close());

describe('the pipeline page', () => chainTests(site));
describe('the form', () => predictTests(site));
describe('the models page', () => operatorTests(site));
describe('every page', () => looksTests(site));
