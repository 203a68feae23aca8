// The page as its users open it: a browser in front of a gateway in front of a deployed stack.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Gateway } from '../../gateway/gateway.ts';
import { buildPage } from '../../page.ts';
import { READMIT } from '../../paths.ts';
import { openServingCloud, type ServingCloud } from '../serving-cloud.ts';
import { openBrowser } from './browser.ts';

export interface OpenPage {
  readonly page: Page;
  /** What the browser complained about: console errors and warnings, uncaught errors, refusals by the page's policy. */
  readonly complaints: readonly string[];
  /** Every request's URL. */
  readonly urls: readonly string[];
  close(): Promise<void>;
}

export interface Site {
  readonly cloud: ServingCloud;
  readonly gateway: Gateway;
  /** @param fragment such as #/models */
  open(fragment: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export const SCREENSHOTS = join(READMIT, 'screenshots');

export async function openSite(): Promise<Site> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const [cloud, pageDirectory, browser] = await Promise.all([openServingCloud(), buildPage(), openBrowser()]);
  const gateway = await cloud.openGateway({ pageDirectory });
  return {
    cloud,
    gateway,
    open: (fragment, options) => open(browser, `${gateway.url}/${fragment}`, options),
    close: async () => {
      await browser.close();
      await cloud.close();
    },
  };
}

async function open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const urls: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => urls.push(request.url()));
  await page.goto(url.endsWith('about:blank') ? 'about:blank' : url);
  return { page, complaints, urls, close: () => context.close() };
}
