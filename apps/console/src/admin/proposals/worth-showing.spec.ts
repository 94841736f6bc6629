import type { DocumentProposal } from './document-proposals';
import { worthShowing } from './worth-showing';

const proposals = (...states: DocumentProposal['state'][]) => states.map((state) => ({ state }) as DocumentProposal);
const shown = (...states: DocumentProposal['state'][]) => worthShowing(proposals(...states)).map(({ state }) => state);

test('all that somebody has still something to do about are shown, however old', () => {
  expect(shown('approved', 'open', 'withdrawn', 'outdated', 'open')).toEqual(['open', 'outdated', 'open']);
});

test('that the last one was declined, and why, is shown until something else is proposed', () => {
  expect(shown('declined', 'declined', 'open')).toEqual(['declined', 'open']);
  expect(shown('approved', 'declined')).toEqual([]);
  expect(shown('withdrawn', 'declined')).toEqual([]);
});
