// Training From The Page (training/training-from-the-page): what a browser does, and sees. Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:0562c714e8052e2e
// `node ui.mjs ORIGIN [PICTURE]` does what stands below and prints what was seen, as JSON; `--ready` only looks for a browser.
// It needs Node 20, playwright-core (SCENARIO_PLAYWRIGHT, or installed where node finds it from here or the working folder, or on
// NODE_PATH) and a Chromium or Chrome (SCENARIO_BROWSER, or on PATH). Exit 0: done, well or not; 3: no browser, and the cure.
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// All that was typed, as data. Times are seconds of the system: SCENARIO_TIME_SCALE scales them, to two real seconds at least.
const page = "/ui/operations";
const actions = [
  {"fill":{"text":"Symbol","value":"EURUSD"}},
  {"fill":{"text":"Timeframe","value":"1d"}},
  {"fill":{"text":"From","value":"2024-01-01"}},
  {"fill":{"text":"To","value":"2024-12-31"}},
  {"click":{"text":"Start training"}},
  {"waitFor":{"text":"completed, 100 %","within":30}},
];
// Requests whose replies are kept by name, and texts that the page must show in the end.
const watch = [
  {"name":"start","method":"POST","path":"/api/v1/trainings/start"},
  {"name":"request","method":"GET","path":"/api/v1/operations/{id}"},
];
const texts = [];

const scale = (process.env.SCENARIO_TIME_SCALE || '1').split('/').reduce((a, b) => a / b);
const bound = (seconds) => Math.max(2000, seconds * scale * 1000);
const folded = (text) => text.replace(/\s+/g, ' ').trim();
const report = { page: {}, asked: {}, text: '', exceptions: [], console: [], requests: [] };
const pending = new Set();
let browser;

const [origin, picture] = process.argv.slice(2);
const { chromium, executablePath } = await find();
if (origin !== '--ready') {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupted());
  browser = await start();
  const tab = await browser.newPage();
  listen(tab);
  try {
    await visit(tab);
  } catch (error) {
    report.problem ??= firstLine(error);
  }
  if (picture) await tab.screenshot({ path: picture, timeout: 5000 }).catch(() => undefined);
  await end();
}

async function visit(tab) {
  const reply = await tab.goto(new URL(page, origin).href, { timeout: bound(30), waitUntil: 'load' });
  report.page = { path: page, status: reply?.status() ?? 0, title: await tab.title() };
  try {
    for (const [index, action] of actions.entries()) {
      try {
        await carryOut(tab, action);
      } catch (error) {
        throw new Error(`action ${index + 1} (${JSON.stringify(action)}): ${firstLine(error)}`);
      }
    }
    const late = Date.now() + bound(10);
    const missing = async () => !watch.every(({ name }) => report.asked[name]) || !texts.every((one) => report.text.includes(one));
    for (await look(tab); (await missing()) && Date.now() < late; await look(tab)) await pause(50);
  } finally {
    await look(tab);
  }
}

async function carryOut(tab, { click, fill, waitFor }) {
  const timeout = bound(10);
  if (click) await (await element(tab, click, timeout)).click({ timeout });
  else if (fill) await enter(await element(tab, fill, timeout, true), fill.value, timeout);
  else await shown(tab, waitFor.text, bound(waitFor.within));
}

// By CSS; else by what a person reads: the label of a field, the name of a button or link, the text itself.
async function element(tab, { css, text }, timeout, field = false) {
  const named = (...roles) => roles.map((role) => tab.getByRole(role, { name: text, exact: true })).reduce((all, one) => all.or(one));
  const ways = css !== undefined ? [tab.locator(`css=${css}`)]
    : field ? [tab.getByLabel(text, { exact: true }).and(tab.locator('input, select, textarea, [contenteditable]')), named('textbox', 'combobox', 'spinbutton', 'searchbox', 'listbox', 'checkbox', 'radio'), tab.getByPlaceholder(text, { exact: true })]
    : [named('button', 'link', 'tab', 'menuitem', 'checkbox', 'radio'), tab.getByText(text, { exact: true })];
  for (const late = Date.now() + timeout; ; await pause(50)) {
    for (const way of ways) {
      const seen = way.filter({ visible: true });
      const count = await seen.count();
      if (count === 1) return seen;
      if (count > 1) throw new Error(`${count} elements on the page fit; name one of them by css`);
    }
    if (Date.now() > late) throw new Error(`no such element on the page within ${timeout / 1000} s; it shows: ${(await look(tab)).slice(0, 200)}`);
  }
}

async function enter(field, value, timeout) {
  const kind = await field.evaluate((node) => (node.localName === 'select' ? 'select' : node.type));
  if (kind === 'select') await field.selectOption(value, { timeout });
  else if (kind === 'checkbox' || kind === 'radio') await field.setChecked(value === 'true', { timeout });
  else await field.fill(value, { timeout });
}

async function shown(tab, text, timeout) {
  for (const late = Date.now() + timeout; !(await look(tab)).includes(text); await pause(50))
    if (Date.now() > late) throw new Error(`not on the page within ${timeout / 1000} s; it shows: ${report.text.slice(0, 200)}`);
}

// The text that a person sees, white space folded.
async function look(tab) {
  const text = await tab.evaluate(() => document.body?.innerText ?? '').catch(() => report.text);
  return (report.text = folded(text));
}

function listen(tab) {
  tab.on('pageerror', (error) => report.exceptions.push(String(error).slice(0, 500)));
  tab.on('console', (one) => one.type() === 'error' && report.console.push(one.text().slice(0, 500)));
  tab.on('request', (request) => pending.add(request));
  tab.on('requestfailed', (request) => settle(request));
  tab.on('requestfinished', (request) => settle(request));
}

// A watched request is known by method and path; {…} in the path stands for one part of it. The first one is kept, and all are counted.
async function settle(request) {
  const { pathname, search } = new URL(request.url());
  const reply = await request.response().catch(() => null);
  const seen = { method: request.method(), path: pathname + search, status: reply?.status() ?? 0 };
  report.requests.push(seen);
  const fits = watch.filter(({ method, path }) => method === seen.method && like(path, path.includes('?') ? seen.path : pathname));
  const body = fits.length > 0 ? await reply?.text().catch(() => '') : undefined;
  for (const { name } of fits) {
    const earlier = report.asked[name];
    report.asked[name] = earlier ? { ...earlier, times: earlier.times + 1 } : { ...seen, times: 1, body: parsed(body) };
  }
  pending.delete(request);
}

function like(pattern, path) {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part === given[index] || /^\{[^{}]+\}$/.test(part));
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return body?.slice(0, 10000);
  }
}

// What was started is to be known by its id: a reply that is under way is awaited.
async function interrupted() {
  report.problem ??= 'it was stopped before it was done';
  for (const late = Date.now() + 3000; pending.size > 0 && Date.now() < late; ) await pause(20);
  await end();
}

async function end() {
  await new Promise((done) => process.stdout.write(`${JSON.stringify(report)}\n`, done));
  await Promise.race([browser?.close(), pause(3000)]);
  process.exit(0);
}

async function start() {
  const args = ['--no-proxy-server', '--disable-dev-shm-usage'];
  const options = { executablePath, args, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, timeout: 30000 };
  return chromium.launch(options).catch((error) =>
    blocked(`the browser ${executablePath} does not start: ${firstLine(error)}`, 'start it by hand with --headless --version to see why, or name another one with SCENARIO_BROWSER'),
  );
}

async function find() {
  const { SCENARIO_PLAYWRIGHT: own, SCENARIO_BROWSER: named, PATH = '' } = process.env;
  const names = own ? [own] : ['playwright-core', 'playwright', '@playwright/test'];
  const library = [import.meta.url, join(process.cwd(), 'ui.mjs')].flatMap((from) => names.map((name) => loaded(from, name))).find((one) => one?.chromium);
  if (!library) blocked(own ? `there is no Playwright at SCENARIO_PLAYWRIGHT: ${own}` : 'playwright-core is not installed', 'npm install --save-dev playwright-core, or set SCENARIO_PLAYWRIGHT to the folder where it is');
  const onPath = (name) => PATH.split(delimiter).map((folder) => join(folder, name));
  const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].flatMap(onPath);
  const apps = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const places = named ? [named, ...(named.includes('/') ? [] : onPath(named))] : [...usual, ...apps, library.chromium.executablePath()];
  const found = places.find(runnable);
  if (!found) blocked(named ? `there is no browser at SCENARIO_BROWSER: ${named}` : 'no Chromium or Chrome is installed', 'apt-get install chromium (Debian), brew install --cask chromium (macOS), or set SCENARIO_BROWSER to one');
  return { chromium: library.chromium, executablePath: found };
}

function loaded(from, name) {
  try {
    return createRequire(from)(name);
  } catch {
    return undefined;
  }
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function blocked(what, cure) {
  process.stdout.write(`${what}\n${cure}\n`);
  process.exit(3);
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}
