// The dashboard in a real browser: the page's numbers are the API's, nothing is loaded from elsewhere, it works by
// keyboard, on a phone and in the dark. Needs Debian's Chromium (apt-get install chromium).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'tsup';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageBuild } from '../packages/viz/scripts/page-build.js';
import { answerInWords, dateInWords, percentInWords } from '../packages/viz/src/data/words.js';
import type { DashboardData } from '../packages/viz/src/data/dashboard-data.js';
import { startServer, type RunningServer } from '../packages/viz/src/server/start-server.js';
import { dashboardFixture, surfaceFixture } from '../packages/viz/src/testing/dashboard-fixture.js';
import { findChromium, launchChromium } from './support/browser.js';

const executablePath = findChromium();
if (executablePath === undefined) console.log('skipped: the browser tests need Chromium (apt-get install chromium)');

describe.skipIf(executablePath === undefined)('the dashboard in Chromium', () => {
  let browser: Browser;
  let server: RunningServer;
  let pageFolder = '';
  let load: (days: number) => DashboardData | Promise<DashboardData> = dashboardFixture;
  let clock = 0;
  const open: Page[] = [];
  /** Errors, policy violations and requests to elsewhere, of all pages of a test. */
  let complaints: string[] = [];

  beforeAll(async () => {
    pageFolder = await mkdtemp(join(tmpdir(), 'forecastlab-page-'));
    await build(pageBuild(pageFolder));
    server = await startServer({ load: async ({ days }) => load(days), nowMs: () => (clock += 10_000), port: 0, pageFolder });
    browser = await launchChromium(executablePath ?? '');
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.context().close()));
    load = dashboardFixture;
    complaints = [];
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(pageFolder, { recursive: true, force: true });
  });

  async function visit(path = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', ...options });
    const page = await context.newPage();
    open.push(page);
    // The look at a pixel below is what the browser warns of; all else counts.
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !message.text().includes('willReadFrequently') && complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => !request.url().startsWith(server.url) && !request.url().startsWith('data:') && complaints.push(`request: ${request.url()}`));
    await page.goto(`${server.url}${path}`);
    return page;
  }

  const api = async (query = ''): Promise<DashboardData> => (await fetch(`${server.url}api/dashboard${query}`)).json() as Promise<DashboardData>;
  const textOf = async (page: Page, selector: string): Promise<string> => ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
  const drawn = async (page: Page): Promise<string[]> => {
    await page.waitForSelector('.chart canvas');
    return page.$$eval('.chart', (charts) => charts.map((chart) => chart.getAttribute('data-chart') ?? ''));
  };

  it('shows the API\'s numbers, the verdict on the first screen, and loads nothing from elsewhere', async () => {
    const page = await visit();
    expect(await drawn(page)).toEqual(['signals-T21_X8', 'probabilities-T21_X8', 'probabilities-T14_X8', 'price']);
    const data = await api();
    const { today, bundle, market } = data;
    if (today === null || bundle === null || market === null) throw new Error('the fixture has them');
    for (const candidate of today.candidates) {
      const card = `[data-candidate="${candidate.candidate}"]`;
      const shown = await page.$$eval(`${card} [data-probability]`, (values) => values.map((value) => [Number(value.getAttribute('data-probability')), value.textContent]));
      const [down, neutral, up] = candidate.probabilities;
      expect(shown).toEqual([up, neutral, down].map((p) => [p, percentInWords(p)]));
      expect((await textOf(page, `${card} .answer`)).toLowerCase()).toContain(answerInWords(candidate, candidate.label));
      expect(await textOf(page, `${card} [data-testid="skill"]`)).toBe(candidate.skillSentence);
    }
    expect(await textOf(page, '[data-testid="data-date"]')).toBe(dateInWords(market.lastOpenTimeMs));
    expect(await textOf(page, '[data-testid="bundle-name"]')).toBe(bundle.deployName);
    expect(await textOf(page, '[data-testid="bundle-age"]')).toBe('2025-11-15 (27 days ago)');
    expect(await textOf(page, '[data-testid="synthetic"]')).toBe('SYNTHETIC DATA');
    expect(await textOf(page, '[data-testid="verdict"]')).toContain('No measurable skill.');
    const lastAnswer = await page.locator('.answer').last().boundingBox();
    const verdict = await page.locator('[data-testid="verdict"]').boundingBox();
    expect(Math.max((lastAnswer?.y ?? 9e9) + (lastAnswer?.height ?? 0), (verdict?.y ?? 9e9) + (verdict?.height ?? 0))).toBeLessThan(900);
    for (const warning of [...data.warnings, ...today.warnings]) expect(await page.getByText(warning).count()).toBe(1);
    // Tooltips too must keep to the content-security-policy.
    for (const canvas of await page.locator('.chart canvas').all()) {
      await canvas.hover();
      await page.waitForTimeout(150);
    }
    expect(complaints).toEqual([]);
  });

  it.each([320, 390])('fits a phone %i pixels wide without sideways scrolling', async (width) => {
    const page = await visit('', { viewport: { width, height: 844 }, isMobile: true, hasTouch: true });
    await drawn(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const verdict = await page.locator('[data-testid="verdict"]').boundingBox();
    expect((verdict?.y ?? 9e9) + (verdict?.height ?? 0)).toBeLessThan(844);
    expect(complaints).toEqual([]);
  });

  it('is dark where the system is, charts included, and changes with it', async () => {
    const page = await visit('', { colorScheme: 'dark' });
    await drawn(page);
    const look = () => page.evaluate(() => {
      const pixel = document.querySelector('canvas')?.getContext('2d')?.getImageData(2, 2, 1, 1).data;
      return { page: getComputedStyle(document.body).backgroundColor, chart: [...(pixel ?? [])].slice(0, 3) };
    });
    await expect.poll(look).toEqual({ page: 'rgb(12, 17, 24)', chart: [0x14, 0x1b, 0x24] });
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(look).toEqual({ page: 'rgb(243, 245, 248)', chart: [255, 255, 255] });
    expect(complaints).toEqual([]);
  });

  it('draws the surface of nine candidates and says it in words, on a phone too; two candidates make none', async () => {
    load = surfaceFixture;
    for (const width of [390, 1280]) {
      const page = await visit('', { viewport: { width, height: 844 } });
      expect(await drawn(page)).toContain('surface');
      expect(await page.$$eval('.surface-words li', (lines) => lines.map(({ textContent }) => textContent))).toContain('A fall or rise of 8 % within 14 bars: 89 % (up first 49 %, down first 40 %)');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(complaints).toEqual([]);
    load = dashboardFixture;
    expect(await drawn(await visit())).not.toContain('surface');
  });

  it('works by keyboard and keeps the choice in the address', async () => {
    const page = await visit();
    await drawn(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to');
    await page.locator('input[name="candidate"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => drawn(page)).toContain('signals-T14_X8');
    await page.locator('input[name="days"][value="180"]').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => new URL(page.url()).search).toBe('?days=90&candidate=T14_X8');
    await expect.poll(async () => (await page.locator('input[name="days"]:checked').getAttribute('value'))).toBe('90');
    const again = await visit(new URL(page.url()).search);
    expect(await drawn(again)).toContain('signals-T14_X8');
    expect(complaints).toEqual([]);
  });

  it('says what is missing and how to get it', async () => {
    const full = dashboardFixture(30);
    load = () => ({ ...full, bundle: null, today: null, history: [], warnings: [], notices: [{ kind: 'no-bundle', message: 'No bundle is active, so there is nothing to predict with.', command: 'forecastlab-train bundle --activate' }] });
    const page = await visit();
    expect(await drawn(page)).toEqual(['price']);
    expect(await textOf(page, '[data-notice="no-bundle"]')).toContain('No bundle is active');
    expect(await textOf(page, '.command')).toBe('forecastlab-train bundle --activate');
    expect(await page.locator('[data-testid="verdict"]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('tells an error with its way out, and recovers', async () => {
    load = () => {
      throw new Error('disk');
    };
    const page = await visit();
    await page.waitForSelector('[role="alert"]');
    expect(await textOf(page, 'h1')).toBe('The dashboard cannot be shown');
    expect(await page.getByText('disk').count()).toBe(0);
    load = dashboardFixture;
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await drawn(page)).toHaveLength(4);
  });

  it('keeps the last good answer on screen when the server fails', async () => {
    const page = await visit();
    await drawn(page);
    load = () => {
      throw new Error('disk');
    };
    await page.locator('input[name="days"][value="365"]').check({ force: true });
    await page.waitForSelector('.banner[role="alert"]');
    expect(await textOf(page, '.banner[role="alert"]')).toContain('Not up to date.');
    expect(await page.locator('.candidate').count()).toBe(2);
  });
});
