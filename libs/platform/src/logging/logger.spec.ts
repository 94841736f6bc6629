import type { Logger } from 'pino';
import { createLogger } from './logger';
import { NestLogger } from './nest-logger';

function recorded(write: (logger: Logger) => void): { lines: string[]; entries: Record<string, unknown>[] } {
  const lines: string[] = [];
  write(createLogger({ name: 'desk', level: 'info', destination: { write: (line) => void lines.push(line) } }));
  return { lines, entries: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('an entry is one line of JSON, whatever the text holds', () => {
  const { lines, entries } = recorded((logger) => {
    logger.info('handed over\n{"level":"fatal","msg":"forged"}');
  });

  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).not.toContain('\n');
  expect(entries[0]).toMatchObject({
    level: 'info',
    name: 'desk',
    msg: 'handed over\n{"level":"fatal","msg":"forged"}',
  });
  expect(entries[0]!['time']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('a database error is logged without the values it carries', () => {
  const duplicate = Object.assign(new Error('duplicate key value violates unique constraint "applicant_pkey"'), {
    code: '23505',
    detail: 'Key (name)=(Nguyen Thi Lan) already exists.',
    parameters: ['Nguyen Thi Lan'],
  });
  const { lines, entries } = recorded((logger) => {
    logger.error({ err: new Error('not stored', { cause: duplicate }) }, 'failed');
  });

  expect(lines[0]).not.toContain('Nguyen');
  expect(entries[0]).toMatchObject({
    err: { message: 'not stored', cause: { code: '23505', message: duplicate.message } },
  });
  expect(lines[0]).toContain('logger.spec');
});

test.each([
  Object.assign(new Error('invalid input syntax for type date: "Nguyen Thi Lan"'), { code: '22007' }),
  new SyntaxError('Unexpected token N, "Nguyen Thi Lan" is not valid JSON'),
])('an error whose message quotes its input is logged without it, but with its place: %#', (error) => {
  const { lines, entries } = recorded((logger) => {
    logger.error({ err: error });
    logger.error(error);
  });

  expect(lines.join('')).not.toContain('Nguyen');
  expect(entries[1]).toMatchObject({ err: { stack: expect.stringContaining('logger.spec') as string } });
});

test('secrets in a logged object are blotted out', () => {
  const { lines } = recorded((logger) => {
    logger.info({ token: 'abc', request: { headers: { authorization: 'Bearer abc' } } });
  });

  expect(lines[0]).not.toContain('abc');
});

test("Nest's logger keeps context, data and error apart", () => {
  const { entries } = recorded((logger) => {
    const nest = new NestLogger(logger);
    nest.log('relay started', 'Relay');
    nest.log({ dossierId: '0199', msg: 'blocked' }, 'Inbox');
    nest.error('relay failed', new Error('gone'), 'Relay');
    nest.error('relay failed', 'Error: gone\n    at relay.ts:1', 'Relay');
    nest.error(new Error('alone'), 'Relay');
  });

  expect(entries).toMatchObject([
    { level: 'info', context: 'Relay', msg: 'relay started' },
    { level: 'info', context: 'Inbox', dossierId: '0199', msg: 'blocked' },
    { level: 'error', context: 'Relay', msg: 'relay failed', err: { message: 'gone' } },
    { level: 'error', context: 'Relay', msg: 'relay failed', stack: 'Error: gone\n    at relay.ts:1' },
    { level: 'error', context: 'Relay', msg: 'alone', err: { message: 'alone' } },
  ]);
});

test('the routes Nest recites at each start are no news', () => {
  const { entries } = recorded((logger) => {
    new NestLogger(logger).log('Mapped {/dossiers, GET} route', 'RouterExplorer');
  });

  expect(entries).toEqual([]);
});
