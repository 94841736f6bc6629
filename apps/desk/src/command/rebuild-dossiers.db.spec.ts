import { DeskAtWork } from '../../test/desk-at-work';
import { RebuildDossiers } from './rebuild-dossiers';

jest.setTimeout(60_000);

test('states that an older build wrote are what their entries add up to before the desk serves, and nothing else moves', async () => {
  const desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
  try {
    const dossiers = [await desk.receive(), await desk.receive(), await desk.receive()];
    const [first, second] = dossiers.map(({ dossierId }) => dossierId);
    const body = { reasonCode: 'document-missing', components: ['map'] };
    await desk.as('lan', 'POST', `/dossiers/${first}/request-supplement`, body, { ifMatch: dossiers[0]!.etag });
    const rows = () => desk.rows('select * from desk.dossier order by dossier_id');
    const before = await rows();
    await desk.rows(
      `update desk.dossier set fold = 1, state = state - 'stoppedRungs' where dossier_id in ($1, $2)`,
      first,
      second,
    );

    await desk.app.get(RebuildDossiers).onModuleInit();

    expect(await rows()).toEqual(before);
  } finally {
    await desk.stop();
  }
});
