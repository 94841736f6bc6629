import type { components } from '../api/desk';

export type Figures = components['schemas']['StatisticsView'];

/** One line of the table: what was counted, and how many. A line with parts is their sum. */
export interface FigureLine {
  readonly name: FigureName;
  readonly number: number;
  readonly parts: readonly { readonly name: FigureName; readonly number: number }[];
}

export type FigureName =
  | 'received'
  | 'online'
  | 'inPerson'
  | 'carriedOver'
  | 'settled'
  | 'early'
  | 'onTime'
  | 'late'
  | 'pending'
  | 'within'
  | 'overdue'
  | 'balance';

/** The four balances: what came, what was settled, what is pending, and that the first is the sum of the others. */
export function balancesOf({ received, settled, pending }: Figures): readonly FigureLine[] {
  return [
    lineOf('received', received, ['online', 'inPerson', 'carriedOver']),
    lineOf('settled', settled, ['early', 'onTime', 'late']),
    lineOf('pending', pending, ['within', 'overdue']),
    {
      name: 'balance',
      number: received.total,
      parts: [
        { name: 'settled', number: settled.total },
        { name: 'pending', number: pending.total },
      ],
    },
  ];
}

/** Whether a line is what its parts add up to. */
export function addsUp({ number, parts }: FigureLine): boolean {
  return parts.reduce((sum, part) => sum + part.number, 0) === number;
}

function lineOf<Part extends FigureName>(
  name: FigureName,
  counted: { readonly total: number } & Readonly<Record<Part, number>>,
  parts: readonly Part[],
): FigureLine {
  return { name, number: counted.total, parts: parts.map((part) => ({ name: part, number: counted[part] })) };
}

/** Offices by whose figures one may ask: all, or an office and all below it. */
export function officesUnder<Office extends { readonly id: string; readonly parentId: string | null }>(
  offices: readonly Office[],
  rootId: string | null,
): readonly Office[] {
  if (rootId === null) return offices;
  const own = offices.filter(({ id }) => id === rootId);
  const below = offices.filter(({ parentId, id }) => parentId === rootId && id !== rootId);
  return [...own, ...below.flatMap(({ id }) => officesUnder(offices, id))];
}
