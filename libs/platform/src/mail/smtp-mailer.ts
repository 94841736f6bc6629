import { createTransport } from 'nodemailer';

/** A mail with its address and the id by which a repeat is recognised. */
export interface Mail {
  readonly to: string;
  /** Without its brackets. */
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

/** Thrown when the mail server did not accept a mail, or not in time: perhaps it did, and a repeat comes with the same id. */
export class MailNotAccepted extends Error {
  constructor(
    reason: string,
    /** What the server answered (`451`), or what went wrong on the way (`ETIMEDOUT`): nothing that names anybody. */
    readonly code: string,
    /** True where the server says for good that there is no such mailbox (RFC 3463, 5.1 and 5.2). */
    readonly isAddressRefused: boolean,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'MailNotAccepted';
  }
}

export interface SmtpOptions {
  /** `smtp://user:password@host:port` or `smtps://...`; undefined: nothing can be sent. */
  readonly url: string | undefined;
  readonly from: string;
  /** How many mails are handed over at the same time. */
  readonly atOnce: number;
}

/** Handing a mail over takes that long at most. */
const limitMs = 15_000;

/** Hands mails to one mail server, over connections that are kept. */
export class SmtpMailer {
  private readonly transport: ReturnType<typeof transportTo> | null;
  private readonly from: string;

  constructor({ url, from, atOnce }: SmtpOptions) {
    this.transport = url === undefined ? null : transportTo(url, atOnce);
    this.from = from;
  }

  /** False where no mail server is set: then nothing can be sent. */
  get canSend(): boolean {
    return this.transport !== null;
  }

  /** Resolves when the mail server has accepted the mail. @throws MailNotAccepted; no address is in its message. */
  async send({ to, messageId, subject, text }: Mail): Promise<void> {
    if (this.transport === null) throw new MailNotAccepted('No mail server is set.', 'NONE', false);
    const mail = {
      from: this.from,
      to: { name: '', address: to }, // As an object it is one address, whatever characters it holds.
      messageId: `<${messageId}>`,
      subject,
      text,
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    await inTime(this.transport.sendMail(mail)).catch((error: unknown) => {
      throw notAccepted(error, to);
    });
  }

  close(): void {
    this.transport?.close();
  }
}

function transportTo(url: string, maxConnections: number) {
  return createTransport({
    url,
    pool: true,
    maxConnections,
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

function notAccepted(error: unknown, to: string): MailNotAccepted {
  const { message, code, command, response, responseCode } = Object(error) as SmtpError;
  const reason = String(message ?? error).replaceAll(to, '(address)');
  const said = responseCode?.toString() ?? code ?? 'ETIMEDOUT';
  return new MailNotAccepted(reason.slice(0, 500), said, isMailboxRefused(command, response), { cause: error });
}

/** What nodemailer says of a failure. */
interface SmtpError {
  readonly message?: string;
  readonly code?: string;
  readonly command?: string;
  readonly response?: string | false;
  readonly responseCode?: number;
}

/**
 * Only where the server names the mailbox as the reason. Any other 5xx (a relay that is denied, a sender refused) is the
 * operator's matter, and passes.
 */
function isMailboxRefused(command: string | undefined, response: string | false | undefined): boolean {
  return command === 'RCPT TO' && /^5\d\d[ -]5\.[12]\.\d/.test(response || '');
}
