import { Presence, type PresenceTold } from './presence';

const lan = { session: 'of lan', person: { id: 'lan', name: 'Lan' } };
const lanAgain = { session: 'of lan, another browser', person: lan.person };
const minh = { session: 'of minh', person: { id: 'minh', name: 'Minh' } };
const dossier = 'a';

function presenceOf(...sessions: readonly { session: string }[]): Presence {
  const presence = new Presence();
  for (const { session } of sessions) presence.hasRead(session, dossier, 0);
  return presence;
}

test('who opens a dossier learns who else has it open, and they learn of it', () => {
  const presence = presenceOf(lan, minh);
  const told: PresenceTold[] = [];
  presence.listen(lan.session, (one) => told.push(one));

  expect(presence.say(lan, dossier, 0)).toEqual([]);
  expect(presence.say(minh, dossier, 1)).toEqual([lan.person]);
  expect(told).toEqual([
    { dossierId: dossier, people: [] },
    { dossierId: dossier, people: [minh.person] },
  ]);
});

test('a person with two browsers is one, and none to themselves', () => {
  const presence = presenceOf(lan, lanAgain, minh);
  presence.say(lan, dossier, 0);

  expect(presence.say(lanAgain, dossier, 0)).toEqual([]);
  expect(presence.say(minh, dossier, 0)).toEqual([lan.person]);
});

test('who leaves it, or is silent for a while, is gone, and the others are told; what is open in another window stays open', () => {
  const presence = presenceOf(lan, minh);
  presence.hasRead(minh.session, 'b', 0);
  const told: PresenceTold[] = [];
  presence.say(lan, dossier, 0);
  presence.listen(lan.session, ({ people }) => told.push({ dossierId: dossier, people }));
  const people = () => told.at(-1)?.people;

  presence.say(minh, dossier, 0);
  presence.say(minh, 'b', 0);
  presence.leave(minh.session, 'b', 0);
  expect(people()).toEqual([minh.person]);
  presence.leave(minh.session, dossier, 0);
  expect(people()).toEqual([]);
  presence.say(minh, dossier, 0);
  presence.say(lan, dossier, 40_000);
  presence.forgetGone(46_000);
  expect(people()).toEqual([]);
});

test('for who has not read it in their session there is no such dossier', () => {
  const presence = presenceOf(lan);

  expect(presence.say(minh, dossier, 0)).toBeNull();
  expect(presence.say(lan, dossier, 13 * 3_600_000)).toBeNull();
});
