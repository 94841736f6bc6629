import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A mail as it arrived. */
export interface ArrivedMail {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  /** Headers and text, with the line breaks of quoted-printable taken out. */
  readonly raw: string;
  /** As the reader sees it. */
  readonly text: string;
}

/** A real SMTP server that keeps what it accepts. */
export class MailSink {
  readonly mails: ArrivedMail[] = [];
  /** Runs when a mail has arrived whole, before it is accepted; what it throws refuses the mail. */
  beforeAccepting: (mail: ArrivedMail) => void | Promise<void> = () => undefined;
  /** Runs for each recipient; what it throws refuses the mailbox. */
  beforeRecipient: (address: string) => void = () => undefined;
  private server: SMTPServer;

  private constructor(private port = 0) {}

  static async start(): Promise<MailSink> {
    const sink = new MailSink();
    await sink.listen();
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, after a stop on the same port again. */
  async listen(): Promise<void> {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, done) => {
        try {
          this.beforeRecipient(address);
          done();
        } catch (error) {
          done(error as Error);
        }
      },
      onData: (stream, session, done) => {
        void this.receive(stream, session).then(() => done(), done);
      },
    });
    this.server.on('error', () => undefined); // A client that breaks off is no failure of the test.
    const listening = this.server.listen(this.port, '127.0.0.1');
    await once(listening, 'listening');
    this.port = (listening.address() as AddressInfo).port;
  }

  /** @throws what refuses the mail, or what broke off before it had arrived whole */
  private async receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const raw = (await text(stream)).replaceAll('=\r\n', '');
    const to = envelope.rcptTo.map(({ address }) => address);
    const mail = { to, messageId: header(raw, 'Message-ID'), subject: header(raw, 'Subject'), raw, text: textOf(raw) };
    await this.beforeAccepting(mail);
    this.mails.push(mail);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }
}

function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  const isBase64 = /base64/i.test(header(raw, 'Content-Transfer-Encoding'));
  const quoted = () => body.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const bytes = isBase64 ? Buffer.from(body, 'base64') : Buffer.from(quoted(), 'latin1');
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}

function header(raw: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(raw)?.[1]?.trim() ?? '';
}
