import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyFileInvalid } from '#platform';
import { DeskSettings } from '../desk.settings';
import { noticeChannels } from './notice-channels';

const smtp = { NOTICE_SMTP_URL: 'smtp://127.0.0.1:1' };
const gateway = { NOTICE_GATEWAY_URL: 'http://127.0.0.1:1/messages' };

function meansBy(settings: Partial<DeskSettings>): readonly string[] {
  const channels = noticeChannels(Object.assign(new DeskSettings(), settings));
  for (const channel of channels) channel.close();
  return channels.map(({ means }) => means);
}

function tokenFile(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'motcua-token-')), 'token');
  writeFileSync(path, content);
  return path;
}

test.each([
  ['nothing', {}, []],
  ['a mail server', smtp, ['e-mail']],
  ['a gateway', gateway, ['phone']],
  ['both', { ...gateway, ...smtp }, ['e-mail', 'phone']],
  ['a gateway with a token', { ...gateway, NOTICE_GATEWAY_TOKEN_FILE: tokenFile('a-token\n') }, ['phone']],
])('with %s set, the preferred of the ways to applicants comes first', (_, settings, means) => {
  expect(meansBy(settings)).toEqual(means);
});

test.each(['', 'two words', 'line\nbreak'])(
  'a token that no header can carry keeps the desk from starting: %j',
  (token) => {
    expect(() => meansBy({ ...gateway, NOTICE_GATEWAY_TOKEN_FILE: tokenFile(token) })).toThrow(KeyFileInvalid);
  },
);

test('a token file that is not there keeps the desk from starting', () => {
  expect(() => meansBy({ ...gateway, NOTICE_GATEWAY_TOKEN_FILE: '/nowhere' })).toThrow(KeyFileInvalid);
});
