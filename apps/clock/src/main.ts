import { DataSource } from 'typeorm';
import { requireSchema } from '#persistence';
import { createApp, readSettings, runProcess } from '#platform';
import { ClockModule } from './clock.module';
import { ClockSettings } from './clock.settings';

void runProcess(async () => {
  const settings = readSettings(ClockSettings);
  const app = await createApp(ClockModule, { settings, name: 'clock' });
  await requireSchema(app.get(DataSource));
  await app.listen(settings.PORT, settings.HOST);
});
