import { DataSource } from 'typeorm';
import type { StreamListener } from '#messaging';
import { DeadLetters, type ServiceFetch } from '#platform';
import { DESK_FETCH } from '../desk/desk';
import { LISTENER } from '../hearing/listener';

/** What this service put aside: the dossier that waits is a row of `watch`. */
export const deadLettersProvider = {
  provide: DeadLetters,
  inject: [DataSource, LISTENER, DESK_FETCH],
  useFactory: (dataSource: DataSource, listener: StreamListener, desk: ServiceFetch): DeadLetters =>
    new DeadLetters(
      { consumer: 'clock', letters: 'clock.dead_letter', streams: { table: 'clock.watch', stream: 'dossier_id' } },
      dataSource,
      listener,
      desk,
    ),
};
