import { messageIdOf } from './message-id';

const key = { dossierId: '01932c8e-7c00-7000-8000-0000000000aa', generation: 2, rung: 'overdue' };

test('a repeated mail carries the id of the first, made from the rung alone', () => {
  expect(messageIdOf(key, 1)).toBe('01932c8e-7c00-7000-8000-0000000000aa.2.overdue@motcua');
});

test('a rung recorded again for another official is news, with an id of its own', () => {
  expect(messageIdOf(key, 2)).toBe('01932c8e-7c00-7000-8000-0000000000aa.2.overdue.2@motcua');
});

test.each(['Quá hạn', 'a.b', 'x@y', '<a>\r\nBcc: b', "(it's)"])(
  'the id is a legal one whatever the rung is called: %j',
  (rung) => {
    expect(messageIdOf({ ...key, rung }, 1)).toMatch(/^[\w-]+\.\d+\.[\w%-]+@motcua$/);
  },
);

test('rungs that differ have ids that differ, also where one looks like the other recorded again', () => {
  expect(messageIdOf({ ...key, rung: 'overdue.2' }, 1)).not.toBe(messageIdOf(key, 2));
});
