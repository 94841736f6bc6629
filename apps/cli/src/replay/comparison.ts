import { table } from '../terminal';
import type { Figures } from './figures';

const OFFICIALS_SHOWN = 5;

/** One figure, lived by the engine and counted from the file. */
export interface ComparedFigure {
  readonly name: string;
  readonly engine: number;
  readonly file: number;
  /** Said only where it differs, so that the table stays one for people. */
  readonly detail: boolean;
}

/** Every figure side by side. */
export function compared(engine: Figures, file: Figures): readonly ComparedFigure[] {
  const figure = (name: string, of: (figures: Figures) => number): ComparedFigure => ({
    name,
    engine: of(engine),
    file: of(file),
    detail: false,
  });
  return [
    figure('received', ({ received }) => received),
    figure('settled', ({ settled }) => settled),
    figure('still open', ({ open }) => open),
    figure('ends refused (before the start)', ({ refusedEnds }) => refusedEnds),
    figure('hand-overs', ({ handOvers }) => handOvers),
    figure('against the appointment: early', ({ appointment }) => appointment.early),
    figure('against the appointment: on time', ({ appointment }) => appointment.onTime),
    figure('against the appointment: late', ({ appointment }) => appointment.late),
    figure('against the legal limit: early', ({ legal }) => legal.early),
    figure('against the legal limit: on time', ({ legal }) => legal.onTime),
    figure('against the legal limit: late', ({ legal }) => legal.late),
    figure('escalations at the appointment', ({ appointmentEscalations }) => appointmentEscalations),
    figure('escalations at the legal limit', ({ legalEscalations }) => legalEscalations),
    ...byOfficial('late, responsible at intake', engine.lateByResponsible, file.lateByResponsible),
    ...byOfficial('late, holder at the appointment', engine.lateByHolder, file.lateByHolder),
  ];
}

/** The figures as a table for people; officials beyond the first few only where they differ. */
export function comparisonTable(figures: readonly ComparedFigure[]): string {
  const shown = figures.filter((figure) => !figure.detail || differs(figure));
  const hidden = figures.length - shown.length;
  const rows = shown.map((figure) => [
    figure.name,
    String(figure.engine),
    String(figure.file),
    differs(figure) ? 'DIFFERS' : 'equal',
  ]);
  const note = hidden > 0 ? `\n(${hidden} more officials, all equal)` : '';
  return `${table([['figure', 'engine', 'file', ''], ...rows])}${note}`;
}

export function differs({ engine, file }: ComparedFigure): boolean {
  return engine !== file;
}

/** Those with most by the file first; of equals the first by name. */
function byOfficial(
  what: string,
  engine: ReadonlyMap<string, number>,
  file: ReadonlyMap<string, number>,
): readonly ComparedFigure[] {
  const names = [...new Set([...file.keys(), ...engine.keys()])].sort(
    (one, other) => (file.get(other) ?? 0) - (file.get(one) ?? 0) || (one < other ? -1 : 1),
  );
  return names.map((name, index) => ({
    name: `${what}: ${name}`,
    engine: engine.get(name) ?? 0,
    file: file.get(name) ?? 0,
    detail: index >= OFFICIALS_SHOWN,
  }));
}
