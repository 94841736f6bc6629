import { DeskAtWork, withMigrator } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

let desk: DeskAtWork;
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: withMigrator });
});
afterAll(() => desk.stop());

async function command(who: string, dossierId: string, name: string, body: object, ifMatch: string | null) {
  return desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch });
}

async function handedOver() {
  const { dossierId, etag } = await desk.receive();
  const { etag: then, body } = await command('lan', dossierId, 'hand-over', { to: minh, step: 'examine' }, etag);
  return { dossierId, etag: then, body };
}

test('a hand-over is shown as pending until its receiver, and nobody else, accepts it', async () => {
  const { dossierId, etag, body } = await handedOver();
  expect(body.pendingHandover).toEqual({ giver: { ...lan, officeId: 'do-luong-centre' }, since: expect.any(String) });

  for (const other of ['lan', 'son', 'hoa']) {
    expect((await command(other, dossierId, 'accept-hand-over', {}, etag)).status).toBe(403);
  }
  const accepted = await command('minh', dossierId, 'accept-hand-over', {}, etag);
  expect(accepted).toMatchObject({ status: 200, body: { pendingHandover: null, holder: minh } });

  const again = await command('minh', dossierId, 'send-back', { reasonCode: 'not-ours' }, accepted.etag);
  expect(again).toMatchObject({ status: 409, body: { code: 'NO_HAND_OVER_PENDING' } });
});

test('sent back, the giver holds it again; ledger, history and control slip tell both ways', async () => {
  const { dossierId, etag } = await handedOver();

  const back = await command('minh', dossierId, 'send-back', { reasonCode: 'not-ours', remark: 'Thiếu bản vẽ' }, etag);

  expect(back).toMatchObject({ status: 200, body: { holder: lan, pendingHandover: null } });
  const ledger = await desk.rows(
    'select official_id from desk.responsibility_record where dossier_id = $1 order by sequence',
    dossierId,
  );
  expect(ledger).toEqual([{ official_id: 'lan' }, { official_id: 'minh' }]);
  const slip = await desk.as('lan', 'GET', `/dossiers/${dossierId}/control-slip`);
  expect(slip.body.rows).toMatchObject([
    { giver: lan, receiver: minh, step: 'examine', acceptedAt: null, sentBackAt: expect.any(String), outcome: null },
  ]);
  const { body } = await desk.as('thu', 'GET', `/dossiers/${dossierId}/history`);
  expect(JSON.stringify(body)).not.toContain('bản vẽ');
  const types = body.entries.map(({ event }: { event: { type: string } }) => event.type) as string[];
  expect(types).toEqual(['dossier-received', 'dossier-handed-over', 'hand-over-sent-back']);
});

test('a dossier does not go back to somebody who has left the post', async () => {
  const { dossierId, etag } = await handedOver();
  const organisation = {
    ...withMigrator,
    tenures: withMigrator.tenures.map((tenure) =>
      tenure.officialId === 'lan' ? { ...tenure, until: '2026-01-01T00:00:00.000Z' } : tenure,
    ),
  };
  expect((await desk.as('quang', 'POST', '/organisation', organisation)).status).toBe(201);

  expect(await command('minh', dossierId, 'send-back', { reasonCode: 'not-ours' }, etag)).toMatchObject({
    status: 409,
    body: { code: 'GIVER_GONE', officialId: 'lan', postId: lan.postId },
  });

  const reassigned = await command('hoa', dossierId, 'reassign', { to: minh, reasonCode: 'left' }, etag);
  expect(reassigned.body.pendingHandover).toBeNull();
  await desk.as('quang', 'POST', '/organisation', withMigrator);
});
