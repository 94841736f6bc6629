import { DefaultLogger, Runtime } from '@temporalio/worker';
import { DataSource } from 'typeorm';
import { requireSchema } from '#persistence';
import { createApp, createLogger, readSettings, runProcess } from '#platform';
import { ClockModule } from './clock.module';
import { ClockSettings } from './clock.settings';

/** Temporal's worker writes to the same log as everything else. */
const logLevels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

void runProcess(async () => {
  const settings = readSettings(ClockSettings);
  const log = createLogger({ name: 'clock', level: settings.LOG_LEVEL });
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[logLevels[level]](meta ?? {}, message)),
  });
  const app = await createApp(ClockModule, { settings, name: 'clock' });
  await requireSchema(app.get(DataSource));
  await app.listen(settings.PORT, settings.HOST);
});
