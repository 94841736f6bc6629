import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dossierCommandNames, reasonedCommands } from '#domain';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';
import { leastSaid as said } from '../../test/least-said';
import type { CommandView } from './lookup';

jest.setTimeout(180_000);

const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

let desk: DeskAtWork;
beforeAll(async () => {
  const timeMap = { mapped: '2026-03-02T01:00:00.000Z', speed: 1 };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap });
});
afterAll(() => desk.stop());

async function command(who: string, dossierId: string, name: string, body: object): Promise<Reply> {
  const { etag } = await desk.as('thu', 'GET', `/dossiers/${dossierId}`);
  return desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch: etag });
}

async function made(...steps: readonly (readonly [string, string, object])[]): Promise<string> {
  const { dossierId } = await desk.receive();
  for (const [who, name, body] of steps)
    expect(await command(who, dossierId, name, body)).toMatchObject({ status: 200 });
  return dossierId;
}

const handedTo = (to: object) => ['lan', 'hand-over', { to }] as const;

/** Dossiers as they can be; each call makes one more. */
const scenes: Readonly<Record<string, () => Promise<string>>> = {
  submitted: async () => {
    const { body } = await desk.as('lan', 'POST', '/submissions', { procedureCode: '1.012786', channel: 'post' });
    return (body as { dossierId: string }).dossierId;
  },
  received: () => made(),
  'handed to Minh': () => made(handedTo(minh)),
  'taken by Minh': () => made(handedTo(minh), ['minh', 'accept-hand-over', {}]),
  'waiting for papers': () => made(handedTo(minh), ['minh', 'request-supplement', said['request-supplement']]),
  'to be withdrawn': () => made(handedTo(minh), ['minh', 'request-withdrawal', {}]),
  processed: () => made(handedTo(minh), ['minh', 'mark-processed', { result: 'granted' }]),
  returned: () => made(['lan', 'mark-processed', { result: 'granted' }], ['lan', 'return', said.return]),
};

async function menu(who: string, dossierId: string): Promise<readonly CommandView[]> {
  const { status, body } = await desk.as(who, 'GET', `/dossiers/${dossierId}/commands`);
  expect(status).toBe(200);
  return body.commands as CommandView[];
}

/** The body of a command, with ids of the dossier where it needs some. */
async function bodyOf(name: keyof typeof said): Promise<object> {
  return name === 'link' ? { ...said.link, otherDossierId: await made(handedTo(minh)) } : said[name];
}

test.each(Object.keys(scenes))(
  '%s: what the menu refuses is refused for that reason, what it allows is done',
  async (scene) => {
    const make = scenes[scene]!;
    for (const who of ['lan', 'minh', 'an', 'thu']) {
      const dossierId = await make();
      if ((await desk.as(who, 'GET', `/dossiers/${dossierId}`)).status === 404) continue;
      const commands = await menu(who, dossierId);
      expect(commands.map(({ name }) => name)).toEqual(dossierCommandNames);
      const outcomes = await Promise.all(
        commands.map(async ({ name, allowed }) => {
          if (name === 'acknowledge') return null; // Nothing has rung here.
          const reply = await command(who, allowed ? await make() : dossierId, name, await bodyOf(name));
          return reply.status === 200 ? null : (reply.body as { code: string }).code;
        }),
      );
      const expected = commands.map(({ name, refusal }) => (name === 'acknowledge' ? null : refusal));
      expect([who, outcomes]).toEqual([who, expected]);
    }
  },
);

test('who may not see a dossier gets no menu of it', async () => {
  const dossierId = await made();

  expect(await desk.as('minh', 'GET', `/dossiers/${dossierId}/commands`)).toMatchObject({ status: 404 });
});

test('a command needs a reason in the menu exactly where its body must have one', () => {
  const kept = readFileSync(join(__dirname, '../../../../docs/generated/openapi-desk.json'), 'utf8');
  const { paths, components } = JSON.parse(kept) as { paths: any; components: any };
  const needing = dossierCommandNames.filter((name) => {
    const path = name === 'acknowledge' ? 'escalations/{generation}/{rung}/acknowledgement' : name;
    const { $ref } = paths[`/dossiers/{dossierId}/${path}`].post.requestBody.content['application/json'].schema;
    const { required = [] } = components.schemas[($ref as string).split('/').at(-1)!];
    return (required as string[]).includes('reasonCode');
  });

  expect(needing).toEqual(dossierCommandNames.filter((name) => reasonedCommands.includes(name)));
});
