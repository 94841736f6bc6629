import { IsInt, IsNotEmpty, IsOptional, IsString, IsTimeZone, IsUrl, Max, Min } from 'class-validator';
import { ListenerSettings } from '#platform';

export class OversightSettings extends ListenerSettings {
  override PORT: number = 7403;

  override KAFKA_GROUP: string = 'motcua-oversight';

  /** The mail server, `smtp://user:password@host:port` or `smtps://...`. Without it no mail is sent, and the log says so. */
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false })
  SMTP_URL?: string;

  @IsString()
  @IsNotEmpty()
  MAIL_FROM: string = 'motcua@localhost';

  /** More mails than this that wait for one person go out as one. */
  @IsInt()
  @Min(1)
  @Max(100)
  MAIL_GROUP_ABOVE: number = 5;

  /** The zone in which mails give times, an IANA name. */
  @IsTimeZone()
  DISPLAY_TIME_ZONE: string = 'Asia/Ho_Chi_Minh';
}
