import { join } from 'node:path';
import { IsInt, IsNotEmpty, IsString, IsUrl, Max, Min } from 'class-validator';
import { ServiceSettings } from '#platform';

export class ClockSettings extends ServiceSettings {
  override PORT: number = 7402;

  /** PostgreSQL, as clock's own role. */
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false })
  DATABASE_URL: string;

  /** `host:port`, several separated by commas. */
  @IsString()
  @IsNotEmpty()
  KAFKA_BROKERS: string;

  /** The consumer group in Kafka: one per database. */
  @IsString()
  @IsNotEmpty()
  KAFKA_GROUP: string = 'motcua-clock';

  /** `host:port` of Temporal's frontend. */
  @IsString()
  @IsNotEmpty()
  TEMPORAL_ADDRESS: string;

  @IsString()
  @IsNotEmpty()
  TEMPORAL_NAMESPACE: string = 'motcua';

  /** Where `desk` answers. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  DESK_URL: string;

  /** File with the private key that signs this service's own tokens. */
  @IsString()
  @IsNotEmpty()
  SERVICE_KEY_FILE: string;

  /** The folder with the workflow code that the worker runs, and its hash: `npm run build` writes it beside what runs. */
  @IsString()
  @IsNotEmpty()
  WORKFLOW_FOLDER: string = join(__dirname, '../../../workflows');

  /** Workflow tasks, and activities, worked at once: bounded so that catching up leaves the desk its share of the machine. */
  @IsInt()
  @Min(1)
  @Max(500)
  WORKER_SLOTS: number = 20;
}
