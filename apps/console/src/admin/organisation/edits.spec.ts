import { collisions, editedOrganisation, editsBetween, keyOf, withEdit, type Edit, type Organisation } from './edits';

const from = '2026-11-01T17:00:00.000Z';
const lan = { officialId: 'lan', postId: 'clerk', from, until: null };
const office = {
  offices: [],
  posts: [{ id: 'clerk', officeId: 'centre', name: 'Clerk', roles: ['clerk'] }],
  officials: [{ id: 'lan', name: 'Lan', email: null }],
  tenures: [lan],
  deputies: [],
  absences: [],
  mandates: [],
  fourEyes: ['stop'],
} as unknown as Organisation;

const ended: Edit = { part: 'tenures', key: `"lan" "clerk" "${from}"`, before: lan, after: { ...lan, until: 'later' } };
const mai: Edit = { part: 'officials', key: 'new', before: null, after: { id: 'mai', name: 'Mai', email: null } };

test('edits are laid over what is there, and what is new comes last', () => {
  const stop = { command: 'stop' };
  const alone: Edit = { part: 'fourEyes', key: keyOf('fourEyes', stop), before: stop, after: null };
  const edited = editedOrganisation(office, [ended, mai, alone]);

  expect(edited.tenures).toEqual([{ ...lan, until: 'later' }]);
  expect(edited.officials.map(({ id }) => id)).toEqual(['lan', 'mai']);
  expect([edited.posts, edited.fourEyes]).toEqual([office.posts, []]);
});

test('who brings a row back to what it was has edited nothing; who edits twice has edited once', () => {
  const back = { ...ended, before: ended.after, after: lan };
  const again = { ...ended, before: ended.after, after: { ...lan, until: 'still later' } };

  expect(withEdit([ended], back)).toEqual([]);
  expect(withEdit([ended], again)).toEqual([{ ...again, before: lan }]);
  expect(withEdit([mai], { ...mai, before: mai.after, after: null })).toEqual([]);
});

test('what somebody else saved meanwhile stays, and what both changed is told', () => {
  const theirs = {
    ...office,
    tenures: [{ ...lan, until: 'sooner' }],
    officials: [...office.officials, { id: 'minh', name: 'Minh', email: null }],
  };

  expect(editedOrganisation(theirs, [mai]).officials.map(({ id }) => id)).toEqual(['lan', 'minh', 'mai']);
  expect(collisions(theirs, [ended, mai])).toEqual([ended]);
  expect(collisions(office, [ended, mai])).toEqual([]);
});

test('a file is as many edits as it says otherwise', () => {
  const edited = editedOrganisation(office, [ended, mai]);

  expect(editsBetween(office, edited)).toEqual([{ ...mai, key: '"mai"' }, ended]);
  expect(editedOrganisation(office, editsBetween(office, edited))).toEqual(edited);
});
