import { IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';
import { DatabaseAndKafkaSettings } from '#platform';

export class DeskSettings extends DatabaseAndKafkaSettings {
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
