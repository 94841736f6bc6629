import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Client } from 'pg';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { freePort, projectFolder, serviceNames, startServices, type Services, type StackService } from '#local';
import { languages, type Language } from '#contracts';
import type { NewTimeMap } from '#persistence';
import { environment } from '#platform';
import {
  accessibilityProblems,
  freshDatabase,
  keptFolder,
  openBrowser,
  ordinaryMorning,
  servers,
  type FreshDatabase,
} from '#testing';
import { serviceFor } from '../../apps/cli/src/stack-access';
import { demoContent, loadContent, type StartingContent } from '../../apps/cli/src/start/content';

/** The window of the cheap laptop that offices have. */
const window = { width: 1366, height: 768 };
/** What is left of it at 200 %, as whoever sees badly reads. */
const zoomed = { width: 683, height: 384 };
/** As narrow as most telephones. */
export const telephone = { width: 390, height: 844 };

/** argon2id of `password`, made once: to make one for each account of each stage would cost more than the sign-in. */
const password = 'mot-cua-lien-thong';
const passwordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$LRnIBEs6qmX4W/FPbsp9dA$LUQ5iFFzYPSH2cj/xcwnH1Ksk8Xfs7DIplEc8aguOIM';

export interface StageOptions {
  /** An ordinary morning unless given. */
  readonly timeMap?: NewTimeMap;
  /** Whether Temporal watches too; without it the watchdog of `desk` alone does. */
  readonly clock?: boolean;
}

/** How a page is looked at. */
export interface Look {
  readonly language: Language;
  readonly scheme: 'light' | 'dark';
}

/** Every way of looking at a page. */
export const looks: readonly Look[] = languages.flatMap((language) => [
  { language, scheme: 'light' },
  { language, scheme: 'dark' },
]);

/**
 * The console as people have it: real services on a database of their own, a real browser. Whatever a page complains of
 * (script errors, its content security policy, answers that it did not expect) fails the test that did not say to expect it:
 * each file asks `complaintsAtEnd` after each test.
 */
export class ConsoleStage {
  private readonly contexts = new Map<string, BrowserContext>();
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];

  private constructor(
    readonly services: Services,
    readonly content: StartingContent,
    readonly publicUrl: string,
    private readonly database: FreshDatabase,
    private readonly dataFolder: string,
    private readonly browser: Browser,
  ) {}

  static async open({ timeMap = ordinaryMorning, clock = false }: StageOptions = {}): Promise<ConsoleStage> {
    const browser = await openBrowser(); // First: without one nothing else need start.
    const dataFolder = mkdtempSync(join(tmpdir(), 'motcua-e2e-'));
    const database = await freshDatabase();
    const ports = await freePorts();
    const { kafka, temporal } = servers();
    const namespace = clock ? await ownNamespace() : temporal.namespace;
    const services = await startServices({
      dataFolder,
      servers: { postgres: database, kafka, temporal: { ...temporal, namespace } },
      ports,
      report: () => undefined,
      names: serviceNames.filter((name) => clock || name !== 'clock'),
      settings: (name) => Promise.resolve(ownSettings(name)),
      timeMap,
    });
    const content = demoContent();
    await loadContent({ services: urlsOf(services), dataFolder }, content);
    await addAccounts(database, content);
    const publicUrl = `http://localhost:${ports.gateway}`;
    return new ConsoleStage(services, content, publicUrl, database, dataFolder, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.services.stop();
    await this.database.drop();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  /** A new page of an official's browser, signed in and at a path; the first one signs in. */
  async as(officialId: string, path = '/queue'): Promise<Page> {
    const known = this.contexts.get(officialId);
    const context = known ?? (await this.newContext());
    this.contexts.set(officialId, context);
    const page = await context.newPage();
    const way = known ? path : `/sign-in?to=${encodeURIComponent(path)}`;
    await page.goto(this.publicUrl + way);
    if (!known) await this.signIn(page, officialId);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** A page of a browser in which nobody has signed in; of a laptop in Vietnam unless said otherwise. */
  async visitor(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.newContext(options)).newPage();
    await page.goto(this.publicUrl + path);
    return page;
  }

  /** Through the sign-in page, to which every page leads whoever is not signed in. */
  async signIn(page: Page, username: string, secret = password): Promise<void> {
    await page.locator('[name=username]').fill(username);
    await page.locator('[name=password]').fill(secret);
    const answered = page.waitForEvent('load');
    await page.keyboard.press('Enter');
    await answered;
  }

  /** Shows a page in a language, chosen in the person's own menu, and in light or dark. */
  async look(page: Page, { language, scheme }: Look): Promise<void> {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator('.motcua-loading').first().waitFor({ state: 'detached' });
    if ((await page.locator('html').getAttribute('lang')) === language) return;
    await page.locator('.motcua-user').click();
    await page
      .locator('header select')
      .filter({ has: page.locator(`option[value=${language}]`) })
      .selectOption(language);
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.locator('.motcua-loading').first().waitFor({ state: 'detached' });
  }

  /** Work that needs no browser, done through the public API by an official. */
  async call(officialId: string, method: 'GET' | 'POST', path: string, body?: object, ifMatch?: string): Promise<any> {
    const { tenures, posts } = this.content.organisation;
    const held = tenures.find((tenure) => tenure.officialId === officialId);
    const post = posts.find(({ id }) => id === held?.postId);
    if (!post) throw new Error(`${officialId} holds no post.`);
    const desk = serviceFor(this.services.plans.desk.url, this.dataFolder, {
      officialId,
      postId: post.id,
      officeId: post.officeId,
    });
    const headers = {
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    };
    return (await desk<any>({ method, path, body, headers })).body;
  }

  /** Changes what only the database's owner may change. */
  async sql(statement: string, ...parameters: unknown[]): Promise<any[]> {
    return asOwner(this.database, async (client) => (await client.query(statement, parameters)).rows);
  }

  /**
   * A picture of what the window shows, in `motcua-pictures` among the temporary files. With UPDATE_PICTURES=1 one that the documents show, and which
   * therefore lies in `docs/pictures`, is made anew there.
   */
  async shot(page: Page, name: string): Promise<void> {
    const shown = join(projectFolder, 'docs', 'pictures', `${name}.png`);
    const isRenewed = environment('UPDATE_PICTURES') === '1' && existsSync(shown);
    const folder = keptFolder('motcua-pictures');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: isRenewed ? shown : join(folder, `${name}.png`), animations: 'disabled' });
  }

  /** What keeps people from using a page as it stands, of which a picture is made: what axe finds, and scrolling sideways. */
  async flawsOf(page: Page, name: string): Promise<readonly string[]> {
    await this.shot(page, name);
    return [...(await accessibilityProblems(page)), ...(await sideways(page))].map((flaw) => `${name}: ${flaw}`);
  }

  /** What is wrong with it in the laptop's window at 200 %, and on a telephone, for who works with it there too. */
  async flawsWhenNarrow(page: Page, name: string, where: { onTelephone?: boolean } = {}): Promise<readonly string[]> {
    await page.setViewportSize(zoomed);
    await page.evaluate(settled);
    const flaws = (await sideways(page)).map((flaw) => `${name} at 200 %: ${flaw}`);
    if (flaws.length > 0) await this.shot(page, `${name}-zoomed`);
    if (where.onTelephone === true) {
      await page.setViewportSize(telephone);
      flaws.push(...(await this.flawsOf(page, `${name}-telephone`)));
    }
    await page.setViewportSize(window);
    return flaws;
  }

  /** Says what the test provokes on purpose, as the browser words it. */
  expects(...complaints: readonly RegExp[]): void {
    this.expected.push(...complaints);
  }

  /** Ends a test: closes its pages, and answers what they complained of but for what it said to expect. */
  async complaintsAtEnd(): Promise<readonly string[]> {
    await Promise.all(this.browser.contexts().map((context) => this.leave(context)));
    const expected = this.expected.splice(0);
    return this.heard.splice(0).filter((line) => !expected.some((one) => one.test(line)));
  }

  /** Whoever signed in stays it. */
  private async leave(context: BrowserContext): Promise<void> {
    if (![...this.contexts.values()].includes(context)) return context.close();
    await Promise.all(context.pages().map((page) => page.close()));
  }

  private async newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: window,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      ...options,
    });
    context.setDefaultTimeout(15_000);
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      this.heard.push(`${message.page()?.url() ?? ''}: ${message.text()} ${message.location().url}`);
    });
    context.on('weberror', (one) => this.heard.push(`${one.page()?.url() ?? ''}: ${String(one.error())}`));
    return context;
  }
}

/** How far a page, or a dialog on it, is wider than its window, in CSS pixels: whoever must scroll sideways loses the line. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    interface Box {
      readonly scrollWidth: number;
      readonly clientWidth: number;
    }
    const { document } = globalThis as unknown as {
      readonly document: { readonly documentElement: Box; querySelectorAll(selector: string): Iterable<Box> };
    };
    const boxes = [document.documentElement, ...document.querySelectorAll('[role=dialog]')];
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });
}

/** Resolved in the page once what follows the size of its window has followed: the menu slides out. */
const settled = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  .then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))`;

async function sideways(page: Page): Promise<readonly string[]> {
  const scroll = await sidewaysScroll(page);
  return scroll > 0 ? [`scrolls sideways by ${scroll} px`] : [];
}

async function freePorts(): Promise<Record<StackService, number>> {
  const [desk, clock, oversight, gateway] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return { desk, clock, oversight, gateway };
}

/** Kafka is shared with other tests, whose services must not take what these should hear. Visitors come as if through a proxy. */
function ownSettings(name: StackService): Record<string, string> {
  if (name === 'gateway') return { TRUST_PROXY: 'loopback' };
  return name === 'oversight' || name === 'clock' ? { KAFKA_GROUP: `e2e-${name}-${randomUUID()}` } : {};
}

/** A worker of another test would ask another `desk`. */
async function ownNamespace(): Promise<string> {
  const connection = await Connection.connect({ address: servers().temporal.address });
  const namespace = `e2e-${randomUUID()}`;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  await connection.close();
  return namespace;
}

function urlsOf({ plans }: Services): Record<StackService, string> {
  const { desk, clock, oversight, gateway } = plans;
  return { desk: desk.url, clock: clock.url, oversight: oversight.url, gateway: gateway.url };
}

/** Everybody has an account under their own id, all with one password. */
async function addAccounts(database: FreshDatabase, { organisation }: StartingContent): Promise<void> {
  await asOwner(database, async (client) => {
    for (const { id } of organisation.officials) {
      await client.query(
        `insert into gateway.account (account_id, official_id, username, password_hash, state)
         values ($1, $2, $2, $3, 'active')`,
        [randomUUID(), id, passwordHash],
      );
    }
  });
}

async function asOwner<T>({ ownerUrl }: FreshDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
