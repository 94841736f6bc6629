import { DataSource } from 'typeorm';
import { requireSchema } from '#persistence';
import { readSettings, runProcess } from '#platform';
import { createGateway } from './gateway';
import { GatewaySettings } from './gateway.settings';

void runProcess(async () => {
  const settings = readSettings(GatewaySettings);
  const app = await createGateway(settings);
  await requireSchema(app.get(DataSource));
  await app.listen(settings.PORT, settings.HOST);
});
