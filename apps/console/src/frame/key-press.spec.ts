import { commandKeyOf, type KeyPress } from './key-press';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  isComposing: false,
  keyCode: 0,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  defaultPrevented: false,
  ...more,
});

test('a single letter is a command outside of fields and a letter in them', () => {
  expect(commandKeyOf(press('J'), false)).toBe('j');
  expect(commandKeyOf(press('j'), true)).toBeNull();
});

test('nothing is a command while an input method composes', () => {
  expect(commandKeyOf(press('k', { isComposing: true, ctrlKey: true }), false)).toBeNull();
  expect(commandKeyOf(press('a', { keyCode: 229 }), false)).toBeNull();
});

test('the palette opens from a field too, with Ctrl or with the command key', () => {
  expect(commandKeyOf(press('k', { ctrlKey: true }), true)).toBe('mod+k');
  expect(commandKeyOf(press('K', { metaKey: true }), true)).toBe('mod+k');
});

test('other combinations stay the browser’s', () => {
  expect(commandKeyOf(press('f', { ctrlKey: true }), false)).toBeNull();
  expect(commandKeyOf(press('d', { altKey: true }), false)).toBeNull();
  expect(commandKeyOf(press('j', { defaultPrevented: true }), false)).toBeNull();
});

test('Shift makes another key of an arrow, and none of a sign that needs it', () => {
  expect(commandKeyOf(press('ArrowDown', { shiftKey: true }), false)).toBe('shift+ArrowDown');
  expect(commandKeyOf(press('ArrowDown', { shiftKey: true }), true)).toBeNull();
  expect(commandKeyOf(press('?', { shiftKey: true }), false)).toBe('?');
});
