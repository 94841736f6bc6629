import { DataSource } from 'typeorm';
import { requireSchema, requireWalls } from '#persistence';
import { createApp, readSettings, runProcess } from '#platform';
import { DeskModule } from './desk.module';
import { DeskSettings } from './desk.settings';

void runProcess(async () => {
  const settings = readSettings(DeskSettings);
  const app = await createApp(DeskModule, { settings, name: 'desk' });
  await requireSchema(app.get(DataSource));
  await requireWalls(app.get(DataSource));
  await app.listen(settings.PORT, settings.HOST);
});
