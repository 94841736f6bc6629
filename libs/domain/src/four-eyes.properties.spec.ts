import fc from 'fast-check';
import { areTwo, personsOf, postsActedIn } from './four-eyes';
import { parseOrganisation } from './load-schemas';
import { officialsIn, type Organisation } from './organisation';

const people = ['an', 'hoa', 'minh', 'son'];
const postIds = ['chair', 'head', 'vice', 'officer'];
/** Instants of one day, so that tenures, absences and deputyships meet and part. */
const hour = (h: number) => `2026-11-23T${String(h).padStart(2, '0')}:00:00.000Z`;
const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 11, max: 23 }))
  .map(([from, until]) => ({ from: hour(from), until: hour(until) }));
const anyone = fc.constantFrom(...people);
const anyPost = fc.constantFrom(...postIds);
const many = { maxLength: 6 } as const;

const anyOrganisation: fc.Arbitrary<Organisation> = fc
  .record({
    tenures: fc.array(fc.tuple(anyone, anyPost, anySpan), { minLength: 4, maxLength: 10 }),
    deputies: fc.array(fc.tuple(anyPost, anyPost, anySpan), many),
    absences: fc.array(fc.tuple(anyone, anySpan), many),
  })
  .map(({ tenures, deputies, absences }) =>
    parseOrganisation({
      offices: [
        { id: 'land', name: 'Land', parentId: null, headPostId: 'head', receptionPostId: null, codePrefix: 'H41.85' },
      ],
      posts: postIds.map((id) => ({ id, officeId: 'land', name: id, roles: ['head'] })),
      officials: people.map((id) => ({ id, name: id, email: null })),
      tenures: tenures.map(([officialId, postId, span]) => ({ officialId, postId, ...span })),
      deputies: deputies.map(([postId, deputyPostId, span]) => ({ postId, deputyPostId, ...span })),
      absences: absences.map(([officialId, span]) => ({ officialId, ...span })),
    }),
  );

/** By the post of one of the tenures, most of the time while it lasts. */
const anyAct = fc.record({ which: fc.nat(9), at: fc.integer({ min: 6, max: 16 }).map(hour) });

test('nobody ever approves their own act: neither themselves, nor whom they acted for, nor who acts for them', () => {
  let approved = 0;
  fc.assert(
    fc.property(anyOrganisation, anyAct, anyAct, (organisation, ...acts) => {
      const { tenures } = organisation;
      const [proposing, approving] = acts.map(({ which, at }) => ({ ...tenures[which % tenures.length]!, at }));
      if (!proposing || !approving) throw new RangeError('Two acts were made.');
      const acting = ({ officialId, postId, at }: typeof proposing) =>
        postsActedIn(organisation, { officialId, postId, officeId: 'land' }, at);
      for (const proposed of acting(proposing)) {
        for (const decided of acting(approving)) {
          const authors = personsOf(proposing.officialId, proposed);
          if (!areTwo(authors, personsOf(approving.officialId, decided))) continue;
          approved += 1;
          expect(approving.officialId).not.toBe(proposing.officialId);
          // Against the tenures themselves: in whose place each of the two acted.
          if (decided.post.id !== approving.postId) {
            expect(officialsIn(organisation, decided.post.id, approving.at)).not.toContain(proposing.officialId);
          }
          if (proposed.post.id !== proposing.postId) {
            expect(officialsIn(organisation, proposed.post.id, proposing.at)).not.toContain(approving.officialId);
          }
        }
      }
    }),
    { numRuns: 1000 },
  );
  expect(approved).toBeGreaterThan(100);
});
