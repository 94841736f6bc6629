import { IsNotEmpty, IsOptional, IsString, IsTimeZone, IsUrl } from 'class-validator';
import { ServiceSettings } from '#platform';

const service = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

export class OversightSettings extends ServiceSettings {
  override PORT: number = 7403;

  /** PostgreSQL, as oversight's own role. */
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false })
  DATABASE_URL: string;

  /** `host:port`, several separated by commas. */
  @IsString()
  @IsNotEmpty()
  KAFKA_BROKERS: string;

  /** The consumer group in Kafka: one per database, so that two read models on one Kafka do not share what they hear. */
  @IsString()
  @IsNotEmpty()
  KAFKA_GROUP: string = 'motcua-oversight';

  /** Where `desk` answers. */
  @IsUrl(service)
  DESK_URL: string;

  /** File with the private key that signs this service's own tokens. */
  @IsString()
  @IsNotEmpty()
  SERVICE_KEY_FILE: string;

  /** The mail server, `smtp://user:password@host:port` or `smtps://...`. Without it no mail is sent, and the log says so. */
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  SMTP_URL?: string;

  @IsString()
  @IsNotEmpty()
  MAIL_FROM: string = 'motcua@localhost';

  /** The zone in which mails give times, an IANA name. */
  @IsTimeZone()
  DISPLAY_TIME_ZONE: string = 'Asia/Ho_Chi_Minh';
}
