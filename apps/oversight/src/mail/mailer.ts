import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SmtpMailer } from '#platform';
import { OversightSettings } from '../oversight.settings';

/** How many mails one process hands over at the same time. */
export const mailsAtOnce = 4;

/**
 * Hands mails to the mail server in the settings. A delivery holds its row, and its transaction, as long as that takes:
 * PostgreSQL would end an idle one after 30 s.
 */
@Injectable()
export class Mailer extends SmtpMailer implements OnApplicationShutdown {
  constructor(@Inject(OversightSettings) { SMTP_URL, MAIL_FROM }: OversightSettings) {
    super({ url: SMTP_URL, from: MAIL_FROM, atOnce: mailsAtOnce });
  }

  onApplicationShutdown(): void {
    this.close();
  }
}
