import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, listOf, oneOf, record, text } from '../schema';

/** Whether a paper lies there. That nobody looked is another thing than that it is missing. */
export const paperStates = ['not-looked-at', 'missing', 'present'] as const;
export type PaperState = (typeof paperStates)[number];

/** What was found of one paper. */
export interface PaperCheck {
  /** Code of the procedure's component. */
  readonly component: string;
  readonly state: PaperState;
  /** How many lie there; 0 unless it is present. */
  readonly originals: number;
  readonly copies: number;
}

/** Somebody looked which papers lie there. Of what is not named, what was known before still holds. */
export interface PapersChecked {
  readonly actor: PostHolder;
  readonly papers: readonly PaperCheck[];
}

export const papersCheckedSchema = record<PapersChecked>({
  actor: postHolderSchema,
  papers: listOf(
    record<PaperCheck>({ component: text, state: oneOf(paperStates), originals: integer(), copies: integer() }),
  ),
});
