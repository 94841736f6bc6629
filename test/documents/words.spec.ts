import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policy } from '#domain';
import type { ClockHealth } from '../../apps/clock/src/clock-health';
import type { DeskHealth } from '../../apps/desk/src/desk-health';
import type { OversightHealth } from '../../apps/oversight/src/oversight-health';

interface Health {
  needs(): object;
  caughtUp(): Promise<object>;
}
type ChecksOf<Service extends Health> =
  keyof ReturnType<Service['needs']> | keyof Awaited<ReturnType<Service['caughtUp']>>;

/** What services say of themselves, by name; it does not compile while one is missing. */
const checks: Record<ChecksOf<DeskHealth> | ChecksOf<ClockHealth> | ChecksOf<OversightHealth>, true> = {
  database: true,
  relayEntries: true,
  relaySeconds: true,
  escalationSeconds: true,
  filesInQuarantine: true,
  attachmentStore: true,
  consumerMessages: true,
  blockedDossiers: true,
  deadLetters: true,
  temporalWorker: true,
  workflowsMended: true,
  undeliveredMails: true,
};

type Words = { readonly [key: string]: string | Words };

function wordsOf(language: string, folder: string): Words {
  const path = join(__dirname, '../../apps/console/src/words', language, `${folder}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Words;
}

/* The console knows the services by their documents alone, so nothing there sees that a name has no words. */
describe.each(['vi', 'en', 'de'])('in %s', (language) => {
  test('every action that the access log may name has words', () => {
    const said = {
      ...(wordsOf(language, 'dossier')['command'] as Words),
      ...(wordsOf(language, 'audit')['looked'] as Words),
    };

    expect(Object.keys(policy).filter((action) => said[action] === undefined)).toEqual([]);
  });

  test('everything that a service says of its health has a name and what to do about it', () => {
    const said = wordsOf(language, 'admin-health')['check'] as Record<string, Words>;

    expect(
      Object.keys(checks).filter((check) => said[check]?.['name'] === undefined || said[check]['do'] === undefined),
    ).toEqual([]);
  });
});
