import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import {
  dataSchemaOf,
  eventSchemas,
  isKnownEventType,
  isOrganisationEventType,
  type DossierEvent,
  type MotcuaEvent,
  type OlderVersion,
} from './catalogue-of-events';
import { DossierError } from './dossier-error';
import type { Schema } from './schema';

/** Why a message is not an event of ours: what a dead letter records. */
export class NotAnEvent extends DossierError {
  readonly code = 'NOT_AN_EVENT';
  readonly kind = 'invalid';

  constructor(readonly reason: string) {
    super(`Not an event of this system: ${reason}`);
  }
}

/** JSON Schema (2020-12) of what every event has besides its data. */
export const envelopeSchema = {
  type: 'object',
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string' },
    subject: { type: 'string', minLength: 1 },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    dataschema: { type: 'string' },
    sequence: { type: 'integer', minimum: 1 },
    recordedat: { type: 'string', format: 'date-time' },
    previoushash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    nextrungat: { type: 'string', format: 'date-time' },
    data: { type: 'object' },
  },
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'dataschema', 'sequence', 'recordedat', 'data'],
  additionalProperties: true,
};

const ajv = new Ajv2020({ allErrors: false, strict: true, strictRequired: false });
addFormats(ajv);
const validateEnvelope = ajv.compile(envelopeSchema);
const validators = new Map<string, ValidateFunction>();

/**
 * The event a message holds. What an older version says is said in the present one; its envelope stays as it was told, so that
 * `dataschema` still names the version whose bytes were hashed.
 *
 * @throws NotAnEvent naming the first rule broken: not JSON, not our envelope, an unknown type or version, wrong data.
 */
export function parseEvent(body: string): MotcuaEvent {
  const event = parseEnvelope(body);
  if (!isKnownEventType(event.type)) throw new NotAnEvent(`unknown type "${event.type as string}"`);
  return withKnownData(event);
}

/** The dossier's event a message holds. @throws NotAnEvent also for events of other streams. */
export function parseDossierEvent(body: string): DossierEvent {
  return ofDossier(parseEvent(body));
}

/**
 * The dossier's event a message holds, as {@link parseDossierEvent}; but one of a type that this build does not know is
 * {@link passedOver}, checked for its envelope alone, so that the stream of an older build goes on.
 *
 * @throws NotAnEvent for everything else
 */
export function hearDossierEvent(body: string): DossierEvent {
  const event = parseEnvelope(body);
  return passedOver(ofDossier(isKnownEventType(event.type) ? withKnownData(event) : event));
}

/**
 * An event of a type that only a newer build knows, as one that says nothing: a workflow's history keeps what it was told,
 * and a later build that replays it must not read another meaning into it. Every other event as it is.
 */
export function passedOver(event: DossierEvent): DossierEvent {
  return isKnownEventType(event.type) ? event : ({ ...event, type: PASSED_OVER, data: {} } as unknown as DossierEvent);
}

const PASSED_OVER = 'passed-over';

/** The type of a dossier's event that only a newer build knows; null for one that is known. @throws NotAnEvent */
export function unknownDossierEventType(body: string): string | null {
  const { type } = hearDossierEvent(body);
  return isKnownEventType(type) ? null : parseEnvelope(body).type;
}

function parseEnvelope(body: string): MotcuaEvent {
  const value = parseJson(body);
  if (!validateEnvelope(value)) throw new NotAnEvent(ajv.errorsText(validateEnvelope.errors, { dataVar: 'event' }));
  return value as unknown as MotcuaEvent;
}

function withKnownData(event: MotcuaEvent): MotcuaEvent {
  const { json, lifts } = versionTold(event);
  const validate = validatorOf(event.dataschema, json);
  if (!validate(event.data)) throw new NotAnEvent(ajv.errorsText(validate.errors, { dataVar: 'data' }));
  if (lifts.length === 0) return event;
  const data = lifts.reduce<object>((lifted, { lift }) => lift(lifted as never), event.data);
  return { ...event, data } as MotcuaEvent;
}

/** The schema an event was told by, and the versions through which it is lifted to the present one. */
function versionTold({ type, dataschema }: MotcuaEvent): {
  readonly json: Schema<unknown>['json'];
  readonly lifts: readonly OlderVersion[];
} {
  const { schema, older = [] } = eventSchemas[type];
  if (dataschema === dataSchemaOf(type)) return { json: schema.json, lifts: [] };
  const told = older.findIndex(({ version }) => dataschema === dataSchemaOf(type, version));
  const [first, ...rest] = told === -1 ? [] : older.slice(told);
  if (!first) throw new NotAnEvent(`unknown version "${dataschema}"`);
  return { json: first.schema.json, lifts: [first, ...rest] };
}

function ofDossier(event: MotcuaEvent): DossierEvent {
  if (isOrganisationEventType(event.type)) throw new NotAnEvent(`"${event.type}" is not an event of a dossier`);
  return event as DossierEvent;
}

/**
 * A check of a JSON value against a schema: null when it holds, else the first rule broken, with its path under `name`.
 */
export function checkAgainst<T>(described: Schema<T>, name: string): (value: unknown) => string | null {
  const validate = ajv.compile(described.json);
  return (value) => (validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: name }));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new NotAnEvent(`not JSON (${(error as Error).message})`);
  }
}

function validatorOf(dataSchema: string, json: Schema<unknown>['json']): ValidateFunction {
  const known = validators.get(dataSchema);
  if (known) return known;
  const compiled = ajv.compile(json);
  validators.set(dataSchema, compiled);
  return compiled;
}
