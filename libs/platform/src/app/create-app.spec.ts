import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Injectable, Module, Param, ParseUUIDPipe, Post, Res, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Type as Nested } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import type { Response } from 'express';
import { ActionForbidden, DossierNotFound } from '#domain';
import { eventually } from '#testing';
import { AccessPolicy, type Refusal } from '../access/access-policy';
import { Action, RoutesWithoutAction } from '../access/action';
import { type Caller, CurrentCaller } from '../access/caller';
import { newSigningKey, type SigningKey, signToken } from '../access/sign-token';
import { createLogger } from '../logging/logger';
import { ServiceSettings } from '../settings';
import { startFailure } from '../start-refused';
import { createApp } from './create-app';
import { HealthChecks, type Progress } from './health';

class Step {
  @IsString()
  officeId: string;
}

class Handover {
  @IsIn(['clerk', 'head'])
  to: string;

  @IsInt()
  copies: number;

  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Nested(() => Step)
  steps: Step[];
}

@Controller('dossiers')
class DossierController {
  constructor(private readonly settings: ServiceSettings) {}

  @Get()
  @Action('see-dossiers')
  list(@CurrentCaller() caller: Caller): object {
    return { caller: caller.kind, host: this.settings.HOST };
  }

  @Get(':dossierId')
  @Action('see-dossier')
  one(@Param('dossierId', ParseUUIDPipe) dossierId: string): never {
    throw new DossierNotFound(dossierId);
  }

  @Post()
  @Action('receive-dossier')
  receive(@Body() handover: Handover): object {
    return { made: handover.constructor.name, step: handover.steps[0]?.constructor.name };
  }

  @Post('fail')
  @Action('fail')
  fail(): never {
    throw new Error('the name of the applicant is Nguyen Thi Lan');
  }

  @Get('stream/broken')
  @Action('fail')
  broken(@Res() response: Response): never {
    response.write('first half');
    throw new Error('the second half is missing');
  }
}

@Injectable()
class Policy extends AccessPolicy {
  static told: Refusal[] = [];
  static fails: Error | null = null;

  allow(caller: Caller, action: string): Promise<void> {
    const allowed = action !== 'see-dossiers' || caller.kind === 'person';
    return allowed ? Promise.resolve() : Promise.reject(new ActionForbidden(action));
  }

  override refused(_caller: Caller, refusal: Refusal): Promise<void> {
    Policy.told.push(refusal);
    return Policy.fails ? Promise.reject(Policy.fails) : Promise.resolve();
  }
}

@Injectable()
class Checks extends HealthChecks {
  static database: Error | null = null;
  static relay: Progress = { ok: true, lag: 0 };

  needs() {
    const { database } = Checks;
    return { database: () => (database ? Promise.reject(database) : Promise.resolve()) };
  }

  caughtUp(): Promise<Record<string, Progress>> {
    return Promise.resolve({ relayEntries: Checks.relay });
  }
}

function moduleWith(...controllers: Type[]): Type {
  @Module({
    controllers,
    providers: [
      { provide: AccessPolicy, useClass: Policy },
      { provide: HealthChecks, useClass: Checks },
    ],
  })
  class DeskModule {}
  return DeskModule;
}

let folder: string;
let settings: ServiceSettings;
let issuer: SigningKey;
let clock: SigningKey;
let app: NestExpressApplication;
let baseUrl: string;
let log: string[] = [];
let token: string;

const logger = createLogger({ name: 'desk', level: 'info', destination: { write: (line) => void log.push(line) } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-app-'));
  issuer = await newSigningKey('issuer');
  clock = await newSigningKey('clock');
  settings = Object.assign(new ServiceSettings(), { PORT: 0, TRUSTED_KEYS_FILE: join(folder, 'trusted.json') });
  writeFileSync(settings.TRUSTED_KEYS_FILE, JSON.stringify({ keys: [issuer.publicJwk, clock.publicJwk] }));
  token = await signToken(issuer.privateJwk, { sub: 'lan', post: 'clerk-1', office: 'h41-01', audience: 'desk' });

  app = await createApp(moduleWith(DossierController), { settings, name: 'desk', logger });
  await app.listen(settings.PORT, settings.HOST);
  baseUrl = `http://127.0.0.1:${port()}`;
});
beforeEach(() => {
  log = [];
  Policy.told = [];
  Policy.fails = null;
  Checks.database = null;
  Checks.relay = { ok: true, lag: 0 };
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

function port(): number {
  return (app.getHttpServer().address() as AddressInfo).port;
}

function ask(path: string, init: RequestInit = {}, bearer: string | null = token): Promise<globalThis.Response> {
  const headers = new Headers(init.headers);
  if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
  return fetch(baseUrl + path, { ...init, headers });
}

function send(path: string, body: string): Promise<globalThis.Response> {
  return ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly instance: string;
  readonly errors?: readonly { readonly field: string; readonly rule: string }[];
}

async function problemIn(answer: globalThis.Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const text = await answer.text();
  expect(text).not.toMatch(/\bat .*\.(ts|js):\d+/);
  const problem = JSON.parse(text) as Problem;
  expect(problem.status).toBe(answer.status);
  expect(problem.instance).toBe(answer.headers.get('x-request-id'));
  return problem;
}

/** The lines of finished requests; they are written just after the answer. */
async function requestLines(count: number): Promise<Record<string, unknown>[]> {
  for (;;) {
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => 'res' in line);
    if (lines.length >= count) return lines;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('starting', () => {
  test('a route that names no action keeps the service from starting, by its name', async () => {
    @Controller('offices')
    class OfficeController {
      @Get(':officeId')
      one(): string {
        return 'anybody could read this';
      }

      @Get()
      @Action('see-offices')
      list(): string {
        return '';
      }
    }
    const start = createApp(moduleWith(DossierController, OfficeController), { settings, name: 'desk', logger });

    const error: unknown = await start.catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(RoutesWithoutAction);
    expect(error).toMatchObject({ routes: ['GET /offices/:officeId (OfficeController.one)'] });
    expect(startFailure(error)).toContain('GET /offices/:officeId (OfficeController.one)');
  });

  test('an inherited route has to name its action too', async () => {
    class Base {
      @Post('shared')
      shared(): string {
        return '';
      }
    }
    @Controller()
    class Derived extends Base {}

    await expect(createApp(moduleWith(Derived), { settings, name: 'desk', logger })).rejects.toMatchObject({
      routes: ['POST /shared (Derived.shared)'],
    });
  });

  test('a service without a policy, without checks or without trusted keys does not start', async () => {
    @Module({ providers: [{ provide: HealthChecks, useClass: Checks }] })
    class WithoutPolicy {}
    @Module({ providers: [{ provide: AccessPolicy, useClass: Policy }] })
    class WithoutChecks {}
    const nowhere = Object.assign(new ServiceSettings(), { PORT: 0, TRUSTED_KEYS_FILE: join(folder, 'none') });

    await expect(createApp(WithoutPolicy, { settings, name: 'desk', logger })).rejects.toThrow(/AccessPolicy/);
    const unchecked = await createApp(WithoutChecks, { settings, name: 'desk', logger });
    await expect(unchecked.init()).rejects.toThrow(/HealthChecks/);
    await unchecked.close();
    await expect(createApp(moduleWith(), { settings: nowhere, name: 'desk', logger })).rejects.toThrow(/ENOENT/);
  });
});

describe('access', () => {
  test('an official whose post allows it gets the answer', async () => {
    const answer = await ask('/dossiers');

    expect(await answer.json()).toEqual({ caller: 'person', host: '127.0.0.1' });
  });

  test.each<[string, string | null, string, string]>([
    ['without a token', null, 'TOKEN_MISSING', 'Bearer'],
    ['with a false token', 'a.b.c', 'TOKEN_INVALID', 'Bearer error="invalid_token"'],
  ])('a request %s is not believed', async (_what, bearer, code, challenge) => {
    const answer = await ask('/dossiers', {}, bearer);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(challenge);
    expect(await problemIn(answer)).toMatchObject({ code });
  });

  test('an expired token is told apart, so that a browser renews it', async () => {
    const longAgo = new Date(Date.now() - 600_000);
    const old = await signToken(issuer.privateJwk, { sub: 'lan', post: 'p', office: 'o', audience: 'desk' }, longAgo);

    expect(await problemIn(await ask('/dossiers', {}, old))).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
  });

  test('a caller whom the policy does not allow the action is refused', async () => {
    const service = await signToken(clock.privateJwk, { sub: 'service:clock', audience: 'desk' });

    expect(await problemIn(await ask('/dossiers', {}, service))).toMatchObject({
      status: 403,
      code: 'ACTION_FORBIDDEN',
      action: 'see-dossiers',
    });
  });

  test('the policy is told of what was refused, by the pattern of the route, and of no other problem', async () => {
    const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';
    await ask('/dossiers', {}, await signToken(clock.privateJwk, { sub: 'service:clock', audience: 'desk' }));
    await ask(`/dossiers/${dossierId}?name=Lan`);
    for (const path of ['/dossiers/no-uuid', '/nowhere']) await ask(path);
    await ask('/dossiers', {}, null);

    expect(Policy.told).toEqual([
      { action: 'see-dossiers', route: 'GET /dossiers', dossierId: null, outcome: 'forbidden' },
      { action: 'see-dossier', route: 'GET /dossiers/:dossierId', dossierId, outcome: 'not-found' },
    ]);
  });

  test('who is refused is told so also where it cannot be written down, which the log says', async () => {
    Policy.fails = new Error('no connection left');

    const answer = await ask('/dossiers/01932c8e-7c00-7000-8000-0000000000aa');
    expect(answer.status).toBe(404);
    expect(log.join('')).toContain('a refusal was not written down');
  });

  test('who has no access learns nothing from the rules of a body', async () => {
    const answer = await ask('/dossiers', { method: 'POST', body: '{}' }, null);

    expect(answer.status).toBe(401);
  });
});

describe('requests', () => {
  test('a body becomes an instance of its class, in depth', async () => {
    const answer = await send('/dossiers', '{"to":"head","copies":1,"steps":[{"officeId":"h41"}]}');

    expect(await answer.json()).toEqual({ made: 'Handover', step: 'Step' });
  });

  test('every wrong, missing and unknown field is named with its rule', async () => {
    const answer = await send(
      '/dossiers',
      '{"to":"Lan","copies":"1","steps":[{"officeId":"a"},{"officeId":7}],"officialId":"x"}',
    );
    const { status, code, errors } = await problemIn(answer);

    expect([status, code]).toEqual([400, 'FIELD_INVALID']);
    expect(errors).toEqual(
      expect.arrayContaining([
        { field: 'to', rule: 'must be one of the following values: clerk, head' },
        { field: 'copies', rule: 'must be an integer number' },
        { field: 'steps.1.officeId', rule: 'must be a string' },
        { field: 'officialId', rule: 'should not exist' },
      ]),
    );
    expect(errors).toHaveLength(4);
  });

  test('what is missing is called missing, once, and what is no object is called so', async () => {
    const answer = await send('/dossiers', '{"steps":["counter",{"officeId":"a"}]}');
    const { errors } = await problemIn(answer);

    expect(errors).toEqual([
      { field: 'to', rule: 'is missing' },
      { field: 'copies', rule: 'is missing' },
      { field: 'steps', rule: 'each value must be an object' },
      { field: 'steps.0', rule: 'must be an object' },
    ]);
  });

  test('a name nobody knows is not echoed at any length', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${index}${'x'.repeat(1000)}`, 1]));
    const answer = await send('/dossiers', JSON.stringify(unknown));

    expect((await answer.text()).length).toBeLessThan(50_000);
  });

  test.each(['', '[]', 'null', '{}'])('a body of "%s" is refused, not a fault', async (body) => {
    expect((await send('/dossiers', body)).status).toBe(400);
  });

  test('malformed JSON is refused without being quoted', async () => {
    const answer = await send('/dossiers', '{"name": Nguyen}');
    const problem = await problemIn(answer);

    expect(problem).toMatchObject({ status: 400, code: 'JSON_MALFORMED' });
    expect(JSON.stringify(problem)).not.toContain('Nguyen');
  });

  test('a body of more than a megabyte is refused', async () => {
    const answer = await send('/dossiers', JSON.stringify({ to: 'x'.repeat(1_100_000) }));

    expect(await problemIn(answer)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  const notText = /^must be text/;

  test.each([
    ['U+0000', '\\u0000'],
    ['a bell', '\\u0007'],
    ['a control of the second set', '\\u0085'],
    ['the first half of a pair', '\\ud83d'],
    ['the second half of a pair', '\\ude00'],
  ])('%s in a body is no text, wherever it stands', async (_what, escaped) => {
    const answer = await send('/dossiers', `{"to":"head","copies":1,"steps":[{"officeId":"h41${escaped}"}]}`);

    expect((await problemIn(answer)).errors).toEqual([
      { field: 'steps.0.officeId', rule: expect.stringMatching(notText) as string },
    ]);
  });

  test('tab, line ends, accents and whole pairs are text', async () => {
    const answer = await send(
      '/dossiers',
      '{"to":"head","copies":1,"steps":[{"officeId":"Hồ\\t\\r\\n\\ud83d\\ude00"}]}',
    );

    expect(answer.status).toBe(201);
  });

  test('a path or a query with it is refused by name, before anything is asked of the database', async () => {
    expect((await problemIn(await ask('/dossiers/%00'))).errors).toEqual([
      { field: 'dossierId', rule: expect.stringMatching(notText) as string },
    ]);
    expect((await problemIn(await ask('/dossiers?code=H41%00&at[x]=%1B'))).errors).toEqual(
      expect.arrayContaining([{ field: 'code', rule: expect.stringMatching(notText) as string }]),
    );
    expect(await problemIn(await ask('/dossiers/%ED%A0%80'))).toMatchObject({ status: 400 });
  });

  test('a name of a field with it is not echoed', async () => {
    const { errors } = await problemIn(await send('/dossiers', '{"steps":{"office\\u0000":{}}}'));

    expect(errors).toEqual([{ field: 'steps', rule: expect.stringContaining('whose name') as string }]);
  });

  test('a body nested deeper than the stack is refused, not a fault', async () => {
    const answer = await send('/dossiers', `{"to":${'['.repeat(200_000)}${']'.repeat(200_000)}}`);

    expect((await problemIn(answer)).errors).toEqual([
      { field: expect.stringMatching(/^to\.0\.0/) as string, rule: 'must not be nested deeper than 50 levels' },
    ]);
  });

  test('a body as wide as it may be is looked through, and is no fault', async () => {
    const answer = await send('/dossiers', `{"to":[${'0,'.repeat(400_000)}"\\u0000"]}`);

    expect((await problemIn(answer)).errors).toEqual([{ field: 'to.400000', rule: expect.any(String) as string }]);
  });

  test('a malformed path is refused', async () => {
    expect(await problemIn(await ask('/dossiers/%FF'))).toMatchObject({ status: 400 });
    expect(await problemIn(await ask('/dossiers/12'))).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  test('an unknown route is not found', async () => {
    expect(await problemIn(await ask('/nowhere?name=Lan'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

describe('answers', () => {
  test('a refusal of the domain has its code and its data', async () => {
    const dossierId = '0199f6a0-0000-7000-8000-000000000001';

    expect(await problemIn(await ask(`/dossiers/${dossierId}`))).toMatchObject({
      status: 404,
      code: 'DOSSIER_NOT_FOUND',
      dossierId,
    });
  });

  test('a fault is logged with its stack and told without a word', async () => {
    const answer = await send('/dossiers/fail', '{}');
    const problem = await problemIn(answer);

    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(problem.detail).toBeUndefined();
    expect(log.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({
        level: 'error',
        reqId: problem.instance,
        err: expect.objectContaining({ stack: expect.stringContaining('create-app.spec') as string }) as object,
      }),
    );
  });

  test('a stream that breaks half-way is cut off, so that nobody takes it for complete', async () => {
    const answer = ask('/dossiers/stream/broken');

    await expect(answer.then((half) => half.text())).rejects.toThrow();
  });

  test('no answer is kept, tagged by its hash, or without secure headers', async () => {
    const { headers } = await ask('/dossiers');

    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the log', () => {
  test('has one line a request, with who did what and how it ended, and nothing of query, header or body', async () => {
    await ask('/dossiers?name=Nguyen');
    await ask('/dossiers?name=Nguyen', {}, 'a.b.c');
    const [done, refused] = await requestLines(2);

    expect(done).toMatchObject({
      level: 'info',
      req: { method: 'GET', path: '/dossiers' },
      res: { statusCode: 200 },
      action: 'see-dossiers',
      caller: 'lan',
    });
    expect(done!['durationMs']).toEqual(expect.any(Number));
    expect(refused).toMatchObject({
      level: 'warn',
      action: 'see-dossiers',
      problem: 'TOKEN_INVALID',
      reason: expect.any(String) as string,
      res: { statusCode: 401 },
    });
    expect(log.join('')).not.toMatch(/Nguyen|Bearer|user-agent/);
    expect(log.join('')).not.toContain(token);
  });

  test("keeps the caller's id of the request where it is a plain word", async () => {
    const given = await ask('/dossiers', { headers: { 'x-request-id': 'console-0001' } });
    const forged = await ask('/dossiers', { headers: { 'x-request-id': '{"level":"fatal"}' } });

    expect(given.headers.get('x-request-id')).toBe('console-0001');
    expect(forged.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect((await requestLines(2))[0]).toMatchObject({ reqId: 'console-0001' });
  });
});

describe('health', () => {
  test('needs no token', async () => {
    for (const path of ['/health/live', '/health/ready', '/health/caught-up', '/metrics']) {
      expect((await ask(path, {}, null)).status).toBe(200);
    }
  });

  test('a service without its database lives, but is not ready, and tells nobody which database that is', async () => {
    Checks.database = new Error('password authentication failed for user "motcua_desk" at db.office');
    const [live, ready] = await Promise.all([ask('/health/live'), ask('/health/ready')]);

    expect([live.status, ready.status]).toEqual([200, 503]);
    expect(await ready.json()).toEqual({ status: 'not-ready', checks: { database: 'unavailable' } });
  });

  test('a service that lags is ready, but has not caught up', async () => {
    Checks.relay = { ok: false, lag: 412, detail: 'Kafka is silent' };
    expect((await ask('/health/ready')).status).toBe(200);
    const caughtUp = await eventually(async () => {
      const answer = await ask('/health/caught-up');
      expect(answer.status).toBe(503);
      return answer;
    });
    expect(await caughtUp.json()).toEqual({ status: 'behind', checks: { relayEntries: Checks.relay } });
  });
});

test('bytes that are no HTTP do not trouble the service', async () => {
  const socket = connect(port(), '127.0.0.1');
  socket.end('\u0000\u0001 nonsense\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve).resume());

  expect((await ask('/health/live')).status).toBe(200);
});

test('what a service mounts takes its requests whole, under headers of its own; a guard of its own decides about the rest', async () => {
  const seen: string[] = [];
  const own = await createApp(moduleWith(DossierController), {
    settings,
    name: 'desk',
    logger,
    headers: (_request, response, next) => {
      response.setHeader('x-own', 'yes');
      next();
    },
    mount: (mounting) => {
      mounting.use('/raw', (request: NodeJS.ReadableStream, response: Response) => {
        request.setEncoding('utf8').on('data', (text: string) => seen.push(text));
        request.on('end', () => response.end());
      });
    },
    guard: () => ({ canActivate: () => false, refused: () => Promise.resolve() }),
  });
  await own.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(own.getHttpServer().address() as AddressInfo).port}`;

  const raw = await fetch(`${url}/raw`, {
    method: 'POST',
    body: '{"a": 1}',
    headers: { 'content-type': 'application/json' },
  });
  expect([raw.status, raw.headers.get('x-own'), seen.join('')]).toEqual([200, 'yes', '{"a": 1}']);
  const refused = await fetch(`${url}/dossiers`, { headers: { authorization: `Bearer ${token}` } });
  expect(refused.status).toBe(403);
  await own.close();
});
