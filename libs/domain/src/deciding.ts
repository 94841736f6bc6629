import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import { holderOf, type Dossier } from './dossier';
import { DossierError } from './errors';
import { answerableFor, mandatesFor, type Answerable } from './mandates';
import type { Organisation } from './organisation';
import type { CommandName } from './transitions';

/**
 * The commands by which an office decides on the matter: it grants or refuses what is asked for, or ends the handling without
 * either. Not `refuse`: who takes a submission in says there that it is incomplete, and decides nothing of the matter; nor
 * `confirm-withdrawal`, which follows the applicant's own wish.
 */
const decidingCommands: readonly CommandName[] = ['mark-processed', 'stop'];

/** Thrown when somebody records a decision which, as the organisation has declared, others take. */
export class DecisionNotMandated extends DossierError {
  readonly code = 'DECISION_NOT_MANDATED';
  readonly kind = 'forbidden';

  constructor(
    readonly command: string,
    /** Who may at that instant, and by what right; nobody, where all such posts are vacant. */
    readonly answerable: readonly Answerable[],
    at: Instant,
  ) {
    const who = answerable.map(({ officialId, postId }) => `${officialId} (${postId})`).join(', ');
    super(
      `"${command}" decides, and mandates say who decides here: at ${at} ${who === '' ? 'nobody holds one' : `it may be ${who}`}.`,
    );
  }
}

/**
 * Who decides where it is declared. Where mandates to `decide` hold, at the instant of the act and for the dossier's procedure,
 * for the office that decides it or the one that holds it (or one above), the decision is recorded by somebody who may decide
 * for such an office: its head or one above, who stands in for that head, or whoever holds a mandate. The actor counts
 * in the post they act in. Where none is declared, the policy table alone says who may.
 *
 * @throws DecisionNotMandated naming who may
 */
export function requireMandateToDecide(
  command: CommandName,
  dossier: Dossier,
  { organisation, actor, at }: { organisation: Organisation; actor: PostHolder; at: Instant },
): void {
  if (!decidingCommands.includes(command)) return;
  const offices = new Set([dossier.decidingOfficeId, holderOf(dossier).officeId]);
  const matters = [...offices].map((officeId) => {
    return { action: 'decide', officeId, procedureCode: dossier.procedureCode } as const;
  });
  // An office without a mandate decides nothing for one that has some: handing the dossier there opens no way round.
  const declared = matters.filter((matter) => mandatesFor(organisation, matter, at).length > 0);
  if (declared.length === 0) return;
  const [ofDecidingOffice] = matters; // Who answers for the office that decides may always decide for it.
  const asked = ofDecidingOffice ? [ofDecidingOffice, ...declared] : declared;
  const answerable = withoutRepeats(asked.flatMap((matter) => answerableFor(organisation, matter, at)));
  if (answerable.some(({ officialId, postId }) => officialId === actor.officialId && postId === actor.postId)) return;
  throw new DecisionNotMandated(command, answerable, at);
}

/** Two offices have the same heads above. */
function withoutRepeats(answerable: readonly Answerable[]): readonly Answerable[] {
  const byRight = new Map(
    answerable.map((one) => [[one.officialId, one.postId, one.by, one.forOfficeId, one.legalBasis].join(' '), one]),
  );
  return [...byRight.values()];
}
