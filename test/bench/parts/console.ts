import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openBrowser } from '#testing';
import type { Bench } from '../bench';
import { median, quantile, type Findings, type Line } from '../figures';
import type { BenchStack } from '../stack';

/** argon2id of `password`: an account that exists in this stack alone. */
const password = 'mot-cua-lien-thong';
const passwordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$LRnIBEs6qmX4W/FPbsp9dA$LUQ5iFFzYPSH2cj/xcwnH1Ksk8Xfs7DIplEc8aguOIM';

const REACTION_AIM_MS = 100;
const INTAKE_AIM_S = 60;
/** How people type, and how long they think before each field. */
const STROKE_MS = 60;
const THINK_MS = 1_500;

/** From row to row, choosing on the way, as somebody goes through their list. */
const keys = ['j', 'j', 'x', 'Shift+ArrowDown', 'j', 'k', 'x', 'j'];

/** The part of a browser's page that is touched from here: this folder knows no DOM. */
interface Window {
  readonly reactions: number[];
  readonly document: {
    readonly querySelector: (selector: string) => { scrollTop: number; readonly scrollHeight: number };
  };
  readonly requestAnimationFrame: (act: () => void) => void;
  readonly addEventListener: (type: string, act: () => void, isCapture: boolean) => void;
}

/** The console in a real browser: how fast a queue answers a key, few dossiers beside many, and how long an intake takes. */
export async function measureConsole({ stack, sizes, report }: Bench): Promise<Findings> {
  const { few, many, presses, intakes } = sizes.console;
  await stack.fillTo(few);
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, stack);
    const short = await reactions(page, stack, few, presses);
    report(`(console) a queue of ${many}`);
    await stack.fillTo(many);
    const long = await reactions(page, stack, many, presses);
    const seconds: number[] = [];
    for (let turn = 0; turn < intakes; turn += 1) seconds.push(await humanIntake(page, stack, turn));
    const line = (share: number): Line => ({
      part: 'console',
      what: `a key pressed in a queue of ${many} dossiers until it is drawn, p${share * 100} (beside: a queue of ${few})`,
      unit: 'ms',
      ours: quantile(long, share),
      reference: quantile(short, share),
      aim: { of: 'ours', atMost: REACTION_AIM_MS },
    });
    const intake: Line = {
      part: 'console',
      what: `a dossier taken in by keyboard at ${STROKE_MS} ms a stroke and ${THINK_MS} ms of thought a field, in all`,
      unit: 's',
      ours: median(seconds),
      reference: null,
      aim: { of: 'ours', atMost: INTAKE_AIM_S },
    };
    return { lines: [line(0.5), line(0.95), intake] };
  } finally {
    await browser.close();
  }
}

function addressOf(stack: BenchStack, path: string): string {
  return `http://localhost:${new URL(stack.stack.services.gateway).port}${path}`;
}

async function signIn(page: Page, stack: BenchStack): Promise<void> {
  await stack.database.query(
    `insert into gateway.account (account_id, official_id, username, password_hash, state)
     values ($1, 'lan', 'lan', $2, 'active')`,
    [randomUUID(), passwordHash],
  );
  await page.goto(addressOf(stack, '/sign-in?to=%2Fqueue'));
  await page.locator('[name=username]').fill('lan');
  await page.locator('[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** How long each key takes until the frame that shows it is drawn, in milliseconds, with all of the queue loaded. */
async function reactions(page: Page, stack: BenchStack, count: number, presses: number): Promise<readonly number[]> {
  await page.goto(addressOf(stack, '/queue?q=all'));
  await page.locator('.motcua-queue tbody a').first().waitFor();
  await loadAll(page, count);
  await page.evaluate(() => {
    const window = globalThis as unknown as Window & { reactions: number[] };
    window.reactions = [];
    const onKey = () => {
      const pressedAt = performance.now();
      // A timer set in a frame runs when that frame has been drawn.
      window.requestAnimationFrame(() => setTimeout(() => window.reactions.push(performance.now() - pressedAt)));
    };
    window.addEventListener('keydown', onKey, true);
  });
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press(keys[press % keys.length] ?? 'j');
    await pause(30);
  }
  return page.evaluate(() => (globalThis as unknown as Window).reactions);
}

/** Scrolls to the end until there is no further page, and back. */
async function loadAll(page: Page, count: number): Promise<void> {
  const scroll = (toEnd: boolean) =>
    page.evaluate((isEnd) => {
      const box = (globalThis as unknown as Window).document.querySelector('.motcua-queue');
      box.scrollTop = isEnd ? box.scrollHeight : 0;
    }, toEnd);
  const last = page.locator(`.motcua-queue tr[aria-rowindex="${count + 1}"]`);
  while ((await last.count()) === 0) {
    await scroll(true);
    await pause(50);
  }
  await scroll(false);
  await page.locator('.motcua-queue tr[aria-rowindex="2"]').waitFor();
}

/** A marriage registration as a clerk types it, from the empty form to the promised date on the screen, in seconds. */
async function humanIntake(page: Page, stack: BenchStack, turn: number): Promise<number> {
  await page.goto(addressOf(stack, '/intake'));
  await page.getByRole('combobox', { name: 'Thủ tục' }).waitFor();
  const beganAt = performance.now();
  const { keyboard } = page;
  const type = async (text: string) => {
    await pause(THINK_MS);
    await keyboard.type(text, { delay: STROKE_MS });
  };
  await type('dkkh');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  const digits = String(turn).padStart(2, '0');
  for (const text of [`Le Van Nam ${digits}`, `09128800${digits}`, `0400900055${digits}`, '', 'Khối 3, Đô Lương', '']) {
    await type(text);
    await keyboard.press('Enter');
  }
  await keyboard.press('Enter');
  await pause(THINK_MS); // To read out the date.
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();
  return (performance.now() - beganAt) / 1_000;
}
