import { eventSchemas, isOrganisationEventType, type EventType } from './catalogue-of-events';
import { envelopeSchema } from './validate';

const topics = {
  dossier: {
    address: 'motcua.dossier',
    says: 'Everything that happens to dossiers, keyed by dossier, in order per dossier.',
  },
  organisation: {
    address: 'motcua.organisation',
    says: 'What was loaded of organisation and catalogue, what each load changed, what was decided over many dossiers, messages that were discarded, and what became of notices to applicants.',
  },
} as const;

/** The AsyncAPI 3 document of everything that is told: made from the schemas the services validate with. */
export function asyncApiDocument(): object {
  const types = Object.keys(eventSchemas) as EventType[];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Motcua events',
      version: '1',
      description:
        'CloudEvents 1.0 in JSON (RFC 8785 text). At least once, in order per subject: drop what you have by subject and sequence. No personal data.',
    },
    channels: Object.fromEntries(
      Object.entries(topics).map(([name, { address, says }]) => [
        name,
        {
          address,
          description: says,
          messages: Object.fromEntries(
            types
              .filter((type) => topicOf(type) === name)
              .map((type) => [type, { $ref: `#/components/messages/${type}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      Object.keys(topics).map((name) => [`tell-${name}`, { action: 'send', channel: { $ref: `#/channels/${name}` } }]),
    ),
    components: {
      messages: Object.fromEntries(
        types.map((type) => [
          type,
          {
            name: type,
            contentType: 'application/cloudevents+json',
            payload: { allOf: [envelopeSchema, eventSchemaOf(type)] },
          },
        ]),
      ),
    },
  };
}

/** The JSON Schema of one event's own part. */
function eventSchemaOf(type: EventType): object {
  const { version, schema } = eventSchemas[type];
  return {
    type: 'object',
    properties: { type: { const: type }, dataschema: { const: `urn:motcua:${type}/${version}` }, data: schema.json },
    required: ['type', 'dataschema', 'data'],
  };
}

function topicOf(type: EventType): keyof typeof topics {
  return isOrganisationEventType(type) ? 'organisation' : 'dossier';
}
