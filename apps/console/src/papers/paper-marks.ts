import type { PaperOfDossier } from '../api/views';

/** In the order in which they are offered: what is usual first after nothing. */
export const paperStates = ['not-looked-at', 'present', 'missing'] as const;
/** Whether a paper lies there: not having looked is another thing than that it is missing. */
export type PaperState = (typeof paperStates)[number];

/** What somebody marked at one paper; how many lie there as digits. */
export interface PaperMark {
  readonly state: PaperState;
  readonly originals: string;
  readonly copies: string;
}

/** By the component's code; what is not in it was not touched. */
export type PaperMarks = Readonly<Record<string, PaperMark>>;

/** A paper that can be marked, as it is before. */
export type PaperToMark = Omit<PaperOfDossier, 'since'>;

/** What is shown of a paper: the mark, or what was known before. */
export function markOf({ component, state, originals, copies }: PaperToMark, marks: PaperMarks): PaperMark {
  return marks[component] ?? { state, originals: String(originals), copies: String(copies) };
}

/** The paper marked so: counted as the procedure asks for it, until somebody counts. */
export function marked({ asked }: PaperToMark, state: PaperState): PaperMark {
  const isThere = state === 'present';
  return {
    state,
    originals: String(isThere ? (asked?.originals ?? 1) : 0),
    copies: String(isThere ? (asked?.copies ?? 0) : 0),
  };
}

/** The marks as a request says them. */
export function papersSaid(marks: PaperMarks): readonly object[] {
  return Object.entries(marks).map(([component, { state, originals, copies }]) => ({
    component,
    state,
    ...(state === 'present' && { originals: Number(originals), copies: Number(copies) }),
  }));
}

/** The name of a paper's field. */
export function paperField(component: string): string {
  return `papers.${component}`;
}
