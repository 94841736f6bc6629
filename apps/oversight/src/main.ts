import { DataSource } from 'typeorm';
import { requireSchema } from '#persistence';
import { createApp, readSettings, runProcess } from '#platform';
import { OversightModule } from './oversight.module';
import { OversightSettings } from './oversight.settings';

void runProcess(async () => {
  const settings = readSettings(OversightSettings);
  const app = await createApp(OversightModule, { settings, name: 'oversight' });
  await requireSchema(app.get(DataSource));
  await app.listen(settings.PORT, settings.HOST);
});
