import { endedOfficesOf, parseOrganisation, takerOf, type WorkTransfer } from './index';
import { at, Life } from '../test/office';

/* The office "desk" ends on Tuesday at noon and becomes "centre", below an authority. Lan held the dossier at the desk. */
const office = (id: string, rest: object = {}) => ({
  id,
  name: id,
  parentId: null,
  headPostId: `${id}-head`,
  receptionPostId: null,
  codePrefix: 'H41.1',
  ...rest,
});
const held = (officialId: string, postId: string) => ({ officialId, postId, from: at('Mon', '00:00'), until: null });
const base = {
  offices: [
    office('authority'),
    office('centre', { parentId: 'authority' }),
    office('desk', { parentId: 'authority', validUntil: at('Tue', '12:00'), successorId: 'centre' }),
    office('archive', { validUntil: at('Wed', '12:00'), successorId: 'centre' }),
  ],
  posts: [
    ...['authority', 'centre', 'desk', 'archive'].map((id) => ({
      id: `${id}-head`,
      officeId: id,
      name: 'Head',
      roles: ['head'],
    })),
    { id: 'centre-clerk', officeId: 'centre', name: 'Clerk', roles: ['clerk'] },
  ],
  officials: ['an', 'binh', 'huong', 'lan'].map((id) => ({ id, name: id, email: null })),
  tenures: [held('an', 'authority-head'), held('binh', 'centre-head'), held('huong', 'centre-clerk')],
};
const organisation = parseOrganisation(base);
const { dossier } = Life.received(at('Mon', '08:00'));
const ofOffices: WorkTransfer = { fromOfficialId: null, fromOfficeId: null, to: null, assignments: [] };
const now = at('Tue', '14:00');
const huong = { officialId: 'huong', postId: 'centre-clerk', officeId: 'centre' };

test('the offices whose work moves are those that have ended, all or the one that is named', () => {
  expect(endedOfficesOf(organisation, ofOffices, at('Tue', '11:00'))).toEqual([]);
  expect(endedOfficesOf(organisation, ofOffices, now)).toEqual(['desk']);
  expect(endedOfficesOf(organisation, ofOffices, at('Wed', '12:00'))).toEqual(['desk', 'archive']);
  expect(endedOfficesOf(organisation, { ...ofOffices, fromOfficeId: 'archive' }, at('Wed', '12:00'))).toEqual([
    'archive',
  ]);
  expect(endedOfficesOf(organisation, { ...ofOffices, fromOfficialId: 'lan' }, now)).toEqual([]);
});

test.each<[string, object, unknown]>([
  [
    'who held it, where they have a post in the successor',
    { tenures: [...base.tenures, held('lan', 'centre-clerk')] },
    'lan',
  ],
  ['the head of the successor, where they have none', {}, 'binh'],
  [
    'who stands in for that head',
    {
      tenures: base.tenures.slice(0, 1).concat(base.tenures.slice(2)),
      deputies: [{ postId: 'centre-head', deputyPostId: 'centre-clerk', from: at('Mon', '00:00'), until: null }],
    },
    'huong',
  ],
  ['the head above, where nobody is there', { tenures: base.tenures.slice(0, 1) }, 'an'],
  ['nobody, where nobody is anywhere', { tenures: [] }, undefined],
])('a dossier of an ended office goes to %s', (_, change, expected) => {
  const taker = takerOf(parseOrganisation({ ...base, ...change }), ofOffices, dossier, now);

  expect(taker?.officialId).toBe(expected);
});

test('an assignment goes before who takes the rest, and an official’s work goes to nobody by itself', () => {
  const binh = { officialId: 'binh', postId: 'centre-head', officeId: 'centre' };
  const assigned = { ...ofOffices, to: binh, assignments: [{ dossierId: dossier.dossierId, to: huong }] };

  expect(takerOf(organisation, assigned, dossier, now)).toEqual(huong);
  expect(takerOf(organisation, { ...assigned, assignments: [] }, dossier, now)).toEqual(binh);
  expect(takerOf(organisation, { ...ofOffices, fromOfficialId: 'lan' }, dossier, now)).toBeNull();
});
