// A real browser for tests: the Chromium that lies inside an npm package, unpacked once into .readmit/browser.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { READMIT } from '../../paths.ts';

/**
 * Opens the browser without a window.
 * @param more arguments of Chromium's command line
 * @throws when it does not start, e.g. on systems other than Linux on x64; READMIT_BROWSER names another Chromium there.
 */
export async function openBrowser(...more: readonly string[]): Promise<Browser> {
  const executablePath = process.env.READMIT_BROWSER ?? (await unpacked());
  // No sandbox: tests also run as root in containers, and open nothing but our own page on loopback.
  const args = ['--no-sandbox', '--font-render-hinting=none', ...more];
  return playwright.launch({ executablePath, args, headless: true });
}

/** The package unpacks into the system's temporary folder; a folder of our own is neither shared nor swept. */
async function unpacked(): Promise<string> {
  const folder = join(READMIT, 'browser');
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
