import type { Evidence } from './evidence';
import { answersOnce, everyActHasActor } from './invariants/acts';
import { chainsHold, feedWithoutGap, sequencesWithoutGap } from './invariants/journal';
import { ledgersAddUp, responsibilityWithoutGap } from './invariants/ledgers';
import {
  alertsEqualEscalations,
  balancesHold,
  eFormsEqualEntries,
  messagesEqualEntries,
  noticesEqualEntries,
  projectionsEqualRebuild,
} from './invariants/listings';
import { escalatedExactly, neverEarly } from './invariants/rungs';
import { heardByClock, heardByOversight, nothingStuck, oneWorkflowEach, toldInOrder } from './invariants/telling';
import type { Finding, Verdict } from './invariants/verdict';

/**
 * Every invariant by its number, all over the same evidence. Not here: I1, which needs the clients' own records (test/faults),
 * I11, the replay of archived histories by `audit`, and I16, the search for personal data, which tests do.
 */
const invariants: Readonly<Record<`I${number}`, readonly ((evidence: Evidence) => Finding)[]>> = {
  I2: [answersOnce],
  I3: [sequencesWithoutGap, feedWithoutGap],
  I4: [toldInOrder],
  I5: [heardByClock, heardByOversight],
  I6: [oneWorkflowEach],
  I7: [escalatedExactly],
  I8: [neverEarly],
  I9: [responsibilityWithoutGap],
  I10: [ledgersAddUp],
  I12: [chainsHold],
  I13: [balancesHold],
  I14: [projectionsEqualRebuild, alertsEqualEscalations, noticesEqualEntries, messagesEqualEntries, eFormsEqualEntries],
  I15: [nothingStuck],
  I17: [everyActHasActor],
};

/** Decides every invariant over the evidence. Shares the pure fold with `desk`, nothing else. */
export function decideInvariants(evidence: Evidence): readonly Verdict[] {
  return Object.entries(invariants).flatMap(([id, decided]) => decided.map((decide) => ({ id, ...decide(evidence) })));
}
