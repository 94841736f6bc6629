import type { DossierSummary } from '#workflows';

/** An entry that the workflow was told of, by the event of its history that told it. */
export interface Heard {
  readonly sequence: number;
  readonly hash: string;
  readonly eventId: number;
  /** Real time, ISO 8601 UTC: Temporal's own clock. */
  readonly at: string;
}

interface Payloads {
  readonly payloads?: readonly { readonly data?: string }[];
}

interface HistoryEvent {
  readonly eventId: string;
  readonly eventTime: string;
  readonly workflowExecutionStartedEventAttributes?: { readonly input?: Payloads };
  readonly workflowExecutionSignaledEventAttributes?: { readonly input?: Payloads };
  readonly activityTaskCompletedEventAttributes?: { readonly result?: Payloads };
  readonly workflowExecutionCompletedEventAttributes?: { readonly result?: Payloads };
}

/** The events of a history in the JSON of Temporal's own export. @throws SyntaxError for what is no JSON */
export function eventsOf(history: string): readonly HistoryEvent[] {
  return (JSON.parse(history) as { events?: readonly HistoryEvent[] }).events ?? [];
}

/** Every entry that a history holds, in its order; one that was told again stands there again. */
export function heardIn(history: string): readonly Heard[] {
  return eventsOf(history).flatMap((event) => {
    const { eventId, eventTime: at } = event;
    const told =
      event.workflowExecutionStartedEventAttributes?.input ??
      event.workflowExecutionSignaledEventAttributes?.input ??
      event.activityTaskCompletedEventAttributes?.result;
    return valuesIn(told)
      .flatMap(entriesIn)
      .map((entry) => ({ ...entry, eventId: Number(eventId), at }));
  });
}

/** What the workflow came to; null while it runs, or where it ended otherwise than by completing. */
export function summaryIn(history: string): DossierSummary | null {
  const last = eventsOf(history).at(-1);
  const [summary] = valuesIn(last?.workflowExecutionCompletedEventAttributes?.result);
  return (summary as DossierSummary | undefined) ?? null;
}

function valuesIn(told: Payloads | undefined): readonly unknown[] {
  return (told?.payloads ?? []).flatMap(({ data }) => {
    return data === undefined ? [] : [JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as unknown];
  });
}

interface Told {
  readonly entries?: readonly unknown[];
  readonly watch?: { readonly lastSequence: number; readonly lastHash: string };
}

/** A signal brings entries, an argument or an answer holds them; a run that continues another brings where that one stood. */
function entriesIn(value: unknown): readonly Pick<Heard, 'sequence' | 'hash'>[] {
  if (typeof value !== 'object' || value === null) return [];
  const { entries = [], watch }: Told = Array.isArray(value) ? { entries: value as unknown[] } : value;
  const before = watch && watch.lastSequence > 0 ? [{ sequence: watch.lastSequence, hash: watch.lastHash }] : [];
  return [...before, ...entries.flatMap((entry) => (isEntry(entry) ? [heardOf(entry)] : []))];
}

interface TellableEntry {
  readonly hash: string;
  readonly event: { readonly sequence: number };
}

function isEntry(value: unknown): value is TellableEntry {
  return typeof value === 'object' && value !== null && 'hash' in value && 'event' in value;
}

function heardOf({ hash, event }: TellableEntry): Pick<Heard, 'sequence' | 'hash'> {
  return { sequence: event.sequence, hash };
}
