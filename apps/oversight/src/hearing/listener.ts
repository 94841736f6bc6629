import { unknownDossierEventType } from '#contracts';
import { streamListener, topics, type Log, type StreamListener } from '#messaging';
import { LOGGER, withLifecycle } from '#platform';
import { OversightSettings } from '../oversight.settings';
import { Desk } from '../desk/desk';
import { AlertInbox } from './alert-inbox';

/** Injection token of what hears dossiers' streams and applies them to the inbox. */
export const LISTENER = Symbol('LISTENER');

/** Hears from Kafka what happens to dossiers, as long as the service runs. */
export const listenerProvider = {
  provide: LISTENER,
  inject: [OversightSettings, AlertInbox, Desk, LOGGER],
  useFactory: (settings: OversightSettings, inbox: AlertInbox, desk: Desk, log: Log): StreamListener => {
    const listener = streamListener({
      brokers: settings.KAFKA_BROKERS.split(','),
      clientId: 'motcua-oversight',
      groupId: settings.KAFKA_GROUP,
      inbox,
      fetchEntries: (stream, afterSequence) => desk.journalAfter(stream, afterSequence),
      validate: unknownDossierEventType,
      log,
      onFatal: (error) => {
        log.error({ err: error }, 'nothing is heard from Kafka any more; the process ends to be started anew');
        process.exit(1);
      },
    });
    return withLifecycle(listener, { start: () => listener.start([topics.dossier]), stop: listener.stop });
  },
};
