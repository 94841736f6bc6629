import { IsInt, IsNotEmpty, IsString, IsUrl, Max, Min } from 'class-validator';
import { ServiceSettings } from '#platform';

const database = { protocols: ['postgres', 'postgresql'], require_tld: false };

export class DeskSettings extends ServiceSettings {
  /** PostgreSQL, as desk's own role. */
  @IsUrl(database)
  DATABASE_URL: string;

  /** `host:port`, several separated by commas. */
  @IsString()
  @IsNotEmpty()
  KAFKA_BROKERS: string;

  /** File with the key (32 bytes, base64) that wraps the key of each dossier. */
  @IsString()
  @IsNotEmpty()
  DOSSIER_KEY_FILE: string;

  /** Connections to PostgreSQL this process may hold. */
  @IsInt()
  @Min(2)
  @Max(100)
  DATABASE_POOL: number = 12;
}
