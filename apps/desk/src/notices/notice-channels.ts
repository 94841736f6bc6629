import { KeyFileInvalid, readKeyText } from '#platform';
import type { DeskSettings } from '../desk.settings';
import { GatewayChannel } from './gateway-channel';
import { MailChannel } from './mail-channel';
import type { NoticeChannel } from './notice-channel';
import { noticesAtOnce } from './notice-sender';

/** With the mail server's own 15 s within the lease of a notice. */
const GATEWAY_TIMEOUT_MS = 15_000;

/** The ways to applicants that are set, the preferred one first: a mailbox costs nothing. @throws KeyFileInvalid */
export function noticeChannels(settings: DeskSettings): readonly NoticeChannel[] {
  const { NOTICE_SMTP_URL, NOTICE_MAIL_FROM, NOTICE_GATEWAY_URL, NOTICE_GATEWAY_TOKEN_FILE } = settings;
  const channels: NoticeChannel[] = [];
  if (NOTICE_SMTP_URL !== undefined) {
    channels.push(new MailChannel({ url: NOTICE_SMTP_URL, from: NOTICE_MAIL_FROM, atOnce: noticesAtOnce }));
  }
  if (NOTICE_GATEWAY_URL !== undefined) {
    const token = NOTICE_GATEWAY_TOKEN_FILE === undefined ? null : tokenIn(NOTICE_GATEWAY_TOKEN_FILE);
    channels.push(new GatewayChannel({ url: NOTICE_GATEWAY_URL, token, timeoutMs: GATEWAY_TIMEOUT_MS }));
  }
  return channels;
}

function tokenIn(path: string): string {
  const token = readKeyText(path).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new KeyFileInvalid(path, 'holds no bearer token');
  return token;
}
