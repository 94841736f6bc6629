import { answering, droppingAfterAcceptance, GatewaySink, silent } from '../../test/gateway-sink';
import { GatewayChannel } from './gateway-channel';

const applicant = {
  name: 'Hồ Canary',
  phone: '0912 345 678',
  email: null,
  identityNumber: null,
  address: null,
  language: 'vi',
} as const;
const notice = { id: 'd.1.received', to: '0912345678', words: { subject: 's', text: 'long', short: 'short' } };

let gateway: GatewaySink;
beforeEach(async () => {
  gateway = await GatewaySink.start();
});
afterEach(() => gateway.stop());

function channel(token: string | null = 'secret'): GatewayChannel {
  return new GatewayChannel({ url: gateway.url, token, timeoutMs: 300 });
}

test('the short text goes to the telephone, with an id by which a repeat is known, and the token', async () => {
  await channel().send(notice);
  await channel(null).send(notice);

  expect(channel().addressOf(applicant)).toBe('0912345678');
  expect(gateway.messages).toMatchObject([
    {
      id: 'd.1.received',
      to: '0912345678',
      text: 'short',
      headers: { 'idempotency-key': 'd.1.received', authorization: 'Bearer secret' },
    },
    { id: 'd.1.received' },
  ]);
  expect(gateway.messages[1]!.headers.authorization).toBeUndefined();
});

test.each([
  ['a message it refuses', answering(400), 'HTTP 400', true],
  ['a number it does not know', answering(422), 'HTTP 422', true],
  ['too many at once', answering(429), 'HTTP 429', false],
  ['a token it does not accept', answering(401), 'HTTP 401', false],
  ['an address that is not there', answering(404), 'HTTP 404', false],
  ['a fault of its own', answering(500), 'HTTP 500', false],
  ['a line cut after acceptance', droppingAfterAcceptance, expect.any(String), false],
  ['silence', silent, 'ETIMEDOUT', false],
])('%s is told by a code, and whether a repeat can help', async (_, behaviour, answer, isForGood) => {
  gateway.behave = behaviour;

  await expect(channel().send(notice)).rejects.toMatchObject({ name: 'NoticeNotAccepted', answer, isForGood });
});

test('a gateway that is away is tried again', async () => {
  const away = channel();
  await gateway.stop();

  await expect(away.send(notice)).rejects.toMatchObject({ answer: 'ECONNREFUSED', isForGood: false });
  await gateway.listen();
});

test('nobody else gets the token or the number', async () => {
  const elsewhere = await GatewaySink.start();
  gateway.behave = (response) => response.writeHead(307, { location: elsewhere.url }).end();

  await expect(channel().send(notice)).rejects.toMatchObject({ isForGood: false });

  expect(elsewhere.messages).toEqual([]);
  await elsewhere.stop();
});
