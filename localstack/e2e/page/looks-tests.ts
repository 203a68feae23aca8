import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../paths.ts';
import { type OpenPage, SCREENSHOTS, type Site } from './open-page.ts';

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
);
const WCAG = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);

interface View {
  readonly name: string;
  readonly fragment: string;
  readonly prepare: (opened: OpenPage, site: Site) => Promise<void>;
}

const VIEWS: readonly View[] = [
  {
    name: 'predict',
    fragment: '#/predict',
    prepare: async ({ page }) => {
      await page.locator('.tools button').nth(1).click();
      await page.locator('.contributions li').first().waitFor();
    },
  },
  {
    name: 'file',
    fragment: '#/predict',
    prepare: ({ page }) => page.getByRole('tab').nth(1).click(),
  },
  {
    name: 'pipeline',
    fragment: '#/pipeline',
    prepare: async ({ page }) => {
      await page.locator('.states summary').first().click();
    },
  },
  {
    name: 'quarantine',
    fragment: '#/pipeline',
    prepare: async ({ page }, { cloud }) => {
      await page.getByRole('tab').nth(1).click();
      await page.locator('form.token input').fill(await cloud.token('operate'));
      await page.locator('form.token button').click();
      await page.locator('tbody button').first().click();
      await page.locator('tbody').first().waitFor();
    },
  },
  {
    name: 'experiments',
    fragment: '#/experiments',
    prepare: async ({ page }) => {
      await page.locator('tbody input').nth(0).click();
      await page.locator('tbody input').nth(1).click();
      await page.locator('.plot canvas').nth(3).waitFor();
    },
  },
  {
    name: 'models',
    fragment: '#/models/4',
    prepare: async ({ page }) => {
      await page.locator('.model-card').waitFor();
      await page.locator('.timeline li').first().waitFor();
    },
  },
  {
    name: 'monitoring',
    fragment: '#/monitoring',
    prepare: async ({ page }) => {
      await page.locator('.tiles').waitFor();
    },
  },
];

const LOOKS = [
  { width: 360, colorScheme: 'dark', locale: 'es-ES' },
  { width: 1440, colorScheme: 'light', locale: 'en-US' },
] as const;

/** How every page looks and reads: accessibility, width, calm, weight. */
export function looksTests(site: () => Site): void {
  test.each(VIEWS)(
    '$name has no accessibility fault, no overflow and no complaint on a phone in the dark in Spanish and on a wide screen in the light in English',
    async (view) => {
      for (const { width, colorScheme, locale } of LOOKS) {
        const opened = await site().open(view.fragment, { viewport: { width, height: 900 }, colorScheme, locale });
        await view.prepare(opened, site());
        const { page, complaints } = opened;
        const look = `${view.name}-${width}-${colorScheme}-${locale.slice(0, 2)}`;
        await page.screenshot({ path: join(SCREENSHOTS, `${look}.png`), fullPage: true, animations: 'disabled' });
        await page.evaluate(axe.source);
        const found = violationsSchema.parse(
          await page.evaluate(`axe.run(document, { runOnly: ${WCAG} }).then(({ violations }) => violations)`),
        );
        expect(found, look).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), look).toBe(true);
        expect(complaints, look).toEqual([]);
        await opened.close();
      }
    },
  );

  test('the first page is usable within a second, without shifting, and its script is below 120 KB compressed', async () => {
    const { page, urls, close } = await site().open('about:blank');
    await page.addInitScript(
      'window.shifts = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifts += e.value; }).observe({ type: "layout-shift", buffered: true });',
    );
    const before = urls.length;
    await page.goto(`${site().gateway.url}/#/predict`);
    await page.getByRole('button', { name: 'High risk', exact: true }).waitFor();
    expect(Number(await page.evaluate('performance.now()'))).toBeLessThan(1000);
    await page.getByText('model version').first().waitFor();
    expect(Number(await page.evaluate('window.shifts'))).toBeLessThan(0.01);
    const scripts = urls.slice(before).filter((url) => url.endsWith('.js'));
    const bytes = await Promise.all(
      scripts.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length),
    );
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
    await close();
  });

  test('its policy allows nothing inline and no other host, and the build holds neither', async () => {
    const answer = await fetch(site().gateway.url, { headers: { accept: 'text/html' } });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(await answer.text()).not.toMatch(/<style|<script(?![^>]*src=)|style=|https?:/);
    const folder = join(ROOT, 'frontend', 'dist', 'assets');
    for (const file of readdirSync(folder)) {
      if (file.endsWith('.css')) expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/url\(|@import/);
    }
  });
}
