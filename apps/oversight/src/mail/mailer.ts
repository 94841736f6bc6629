import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { OversightSettings } from '../oversight.settings';
import type { MailText } from './alert-mail';

/** A mail with its address and the id by which a repeat is recognised. */
export interface Mail extends MailText {
  readonly to: string;
  readonly messageId: string;
}

/** Thrown when the mail server did not accept a mail, or not in time: perhaps it did, and a repeat comes with the same id. */
export class MailNotAccepted extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'MailNotAccepted';
  }
}

/** How many mails one process hands over at the same time. */
export const mailsAtOnce = 4;

/** A delivery holds its row, and its transaction, that long at most; PostgreSQL would end an idle one after 30 s. */
const limitMs = 15_000;

/** Hands mails to the mail server in the settings. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: ReturnType<typeof transportTo> | null;
  private readonly from: string;

  constructor(@Inject(OversightSettings) { SMTP_URL, MAIL_FROM }: OversightSettings) {
    this.transport = SMTP_URL === undefined ? null : transportTo(SMTP_URL);
    this.from = MAIL_FROM;
  }

  /** False where no mail server is set: then nothing can be sent. */
  get canSend(): boolean {
    return this.transport !== null;
  }

  /** Resolves when the mail server has accepted the mail. @throws MailNotAccepted; no address is in its message. */
  async send({ to, messageId, subject, text }: Mail): Promise<void> {
    if (this.transport === null) throw new MailNotAccepted('No mail server is set.');
    const mail = {
      from: this.from,
      to: { name: '', address: to }, // As an object it is one address, whatever characters it holds.
      messageId: `<${messageId}>`,
      subject,
      text,
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    await inTime(this.transport.sendMail(mail)).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new MailNotAccepted(reason.replaceAll(to, '(address)').slice(0, 500), { cause: error });
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

function transportTo(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: mailsAtOnce,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    dnsTimeout: 5_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

async function inTime(sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The mail server did not accept it within ${limitMs} ms.`));
    }, limitMs);
  });
  await Promise.race([sending, late]).finally(() => {
    clearTimeout(timer);
  });
}
