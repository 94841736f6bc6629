import type { Address } from '../parts/address';
import type { paths } from '../api/desk';

/** Which figure's dossiers are asked for: as the figures' page told it. */
export type FigureAsked = Omit<paths['/statistics/dossiers']['get']['parameters']['query'], 'limit' | 'cursor'>;

const names = ['figure', 'from', 'until', 'by', 'key', 'officeId'] as const;

/** The figure that an address of the queue opens; null where it opens none. */
export function figureIn(address: Address): FigureAsked | null {
  const said = Object.fromEntries(names.flatMap((name) => (address[name] ? [[name, address[name]]] : [])));
  return 'figure' in said && 'from' in said && 'until' in said ? (said as unknown as FigureAsked) : null;
}
