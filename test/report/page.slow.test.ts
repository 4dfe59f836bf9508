import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject, readTemplate } from '../../src/io/project.ts';
import { htmlReport } from '../../src/report/html.ts';
import { readRunFolder } from '../../src/run/read-folder.ts';
import { root } from '../support/ktrdr.ts';

const executablePath = (process.env['PATH'] ?? '')
  .split(':')
  .flatMap((folder) =>
    ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
  )
  .find((path) => existsSync(path));

const browserTests = executablePath === undefined ? describe.skip : describe;

browserTests(
  `the page in a browser${executablePath === undefined ? ' (none is here)' : ''}`,
  () => {
    let browser: Browser;
    let page: Page;
    let folder = '';
    const trouble: string[] = [];

    beforeAll(async () => {
      const runs = ['training-cancellation', 'backtest-progress', 'blocked', 'cut-off'].map(
        (name) =>
          readRunFolder(root, `test/fixtures/runs/${name}`, {
            green: 200,
            red: 400,
            picture: 100_000,
          }),
      );
      const project = openProject(root);
      const text = await htmlReport(
        { project: '</title><script>throw 1</script>', runs },
        {
          style: readTemplate(project, 'report.css'),
          script: readTemplate(project, 'report.js'),
          toFolders: root,
        },
      );
      folder = mkdtempSync(join(tmpdir(), 'new-scenario-page-'));
      const file = join(folder, 'report.html');
      writeFileSync(file, text);
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: ['--no-sandbox'],
      });
      page = await browser.newPage({ colorScheme: 'dark' });
      page.on('pageerror', (error) => trouble.push(error.message));
      page.on('request', (one) => {
        if (one.url() !== pathToFileURL(file).href) trouble.push(one.url());
      });
      await page.goto(pathToFileURL(file).href);
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('it shows each run, what is red first, and asks nothing of the network', async () => {
      expect(await page.locator('h1').textContent()).toMatch(/1\s+of 4\s+scenarios\s+green/);
      const kinds = await page
        .locator('.run')
        .evaluateAll((all) => all.map((one) => one.dataset['kind']));
      expect(kinds).toEqual(['blocked', 'interrupted', 'known-defect', 'passed']);
      expect(await page.locator('.tile').count()).toBe(4);
      expect(trouble).toEqual([]);
    });

    test('a tile leads to its run, with its timeline, and its progress beside the calibration', async () => {
      await page.locator('.tile.k-passed').click();
      const run = page.locator('.run[open].k-passed');
      await expect.poll(() => run.count()).toBe(1);
      expect(await run.locator('.timeline li').count()).toBeGreaterThan(3);
      expect(await run.locator('svg rect.band').count()).toBe(1);
      expect(await run.locator('svg path.line').count()).toBeGreaterThan(1);
      expect(await run.locator('svg circle title').first().textContent()).toMatch(
        /^[\d.]+ s: [\d.]+ %/,
      );
    });

    test('a red check stands with what was expected and what was there; a request can be copied', async () => {
      const run = page.locator('.run.k-known-defect');
      expect(await run.locator('.pair pre').allTextContents()).toEqual([
        expect.stringContaining('no line that matches'),
        expect.stringContaining('24322 such lines'),
      ]);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await run.locator('.kept summary').first().click();
      await run.locator('.kept .copy').first().click();
      await expect
        .poll(() => run.locator('.kept .copy').first().textContent())
        .toMatch(/copied|Ctrl/);
    });

    test('it filters by verdict and by words, and changes between light and dark', async () => {
      const shown = page.locator('.run:visible');
      await page.locator('.chip.k-blocked').click();
      expect(await shown.count()).toBe(1);
      await page.locator('.chip.k-blocked').click();
      await page.locator('input').fill('orders cut');
      expect(await shown.count()).toBe(1);
      await page.locator('input').fill('');
      const colour = (): Promise<string> =>
        page.evaluate('getComputedStyle(document.body).backgroundColor');
      const dark = await colour();
      await page.locator('.theme').click();
      expect(await colour()).not.toBe(dark);
      expect(trouble).toEqual([]);
    });
  },
);
