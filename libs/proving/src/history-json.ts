import { createRequire } from 'node:module';
import type { WorkflowHandle } from '@temporalio/client';

/** What Temporal recorded of one run. */
export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

interface ProtoJson {
  readonly fromJson: (type: unknown, json: unknown, options: { readonly ignoreUnknownFields: boolean }) => History;
  readonly toJson: (type: unknown, history: History) => { readonly events: readonly object[] };
}

/*
 * Rejected: historyToJSON and historyFromJSON of @temporalio/common. They refuse every history ("type must be a Type") where
 * npm gives @temporalio/common and @temporalio/proto each a protobufjs of its own; so the one of @temporalio/proto is used.
 */
const requireOfCommon = createRequire(require.resolve('@temporalio/common'));
const requireOfProto = createRequire(requireOfCommon.resolve('@temporalio/proto'));
const protoJson = requireOfProto('protobufjs/ext/protojson') as ProtoJson;
const proto = requireOfCommon('@temporalio/proto') as { readonly lookupType: (name: string) => unknown };
const historyType = proto.lookupType('temporal.api.history.v1.History');

/** A history as the JSON that Temporal's own tools write and read, an event a line. */
export function historyText(history: History): string {
  const { events } = protoJson.toJson(historyType, history);
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}

/** The history that such a text tells. @throws for what is none */
export function historyFrom(text: string): History {
  return protoJson.fromJson(historyType, JSON.parse(text), { ignoreUnknownFields: true });
}
