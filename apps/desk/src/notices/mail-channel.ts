import { MailNotAccepted, SmtpMailer, type SmtpOptions } from '#platform';
import type { Applicant } from '../command/personal-data';
import { NoticeNotAccepted, type NoticeChannel, type OutgoingNotice } from './notice-channel';

/** Notices as mails, by SMTP. */
export class MailChannel implements NoticeChannel {
  readonly means = 'e-mail';
  private readonly mailer: SmtpMailer;

  constructor(options: SmtpOptions) {
    this.mailer = new SmtpMailer(options);
  }

  addressOf({ email }: Applicant): string | null {
    return email;
  }

  async send({ id, to, words: { subject, text } }: OutgoingNotice): Promise<void> {
    try {
      await this.mailer.send({ to, messageId: `${id}@motcua`, subject, text });
    } catch (error) {
      if (!(error instanceof MailNotAccepted)) throw error;
      throw new NoticeNotAccepted(error.code, error.isAddressRefused, { cause: error });
    }
  }

  close(): void {
    this.mailer.close();
  }
}
