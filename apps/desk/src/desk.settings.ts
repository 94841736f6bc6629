import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { DatabaseAndKafkaSettings } from '#platform';

export class DeskSettings extends DatabaseAndKafkaSettings {
  /** File with the key (32 bytes, base64) that wraps the key of each dossier. */
  @IsString()
  @IsNotEmpty()
  DOSSIER_KEY_FILE: string;

  /** Folder of the bytes of the dossiers' files, sealed; made if it is not there. It belongs to the backup. */
  @IsString()
  @IsNotEmpty()
  ATTACHMENT_FOLDER: string;

  /** JSON file that says in which S3 bucket the files are kept, and with which key; read once at start. Then in the folder only waits what is on its way there. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  ATTACHMENT_S3_FILE?: string;

  /** The scanner that looks at each file before anybody gets it, ClamAV's clamd: `tcp://host:3310`. Without it files are served unscanned, and say so. */
  @IsOptional()
  @IsUrl({ protocols: ['tcp'], require_protocol: true, require_tld: false, require_port: true })
  CLAMD_URL?: string;

  /** Connections to PostgreSQL this process may hold. */
  @IsInt()
  @Min(2)
  @Max(100)
  DATABASE_POOL: number = 12;

  /** Where citizens reach the gateway, `https://host`: the code on printed forms leads there. Without it the code says the dossier's own. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  PUBLIC_URL?: string;

  /** True for a demo: printed papers say so across every page. */
  @IsBoolean()
  DEMO: boolean = false;

  /** The mail server for notices to applicants, `smtp://user:password@host:port` or `smtps://...`. Without it they get no mail. */
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  NOTICE_SMTP_URL?: string;

  @IsString()
  @IsNotEmpty()
  NOTICE_MAIL_FROM: string = 'motcua@localhost';

  /** The gateway that takes notices to telephones (SMS, Zalo). Without it nobody is told by telephone. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  NOTICE_GATEWAY_URL?: string;

  /** File with the bearer token the gateway asks for; read once at start. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  NOTICE_GATEWAY_TOKEN_FILE?: string;
}
