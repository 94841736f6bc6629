import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { GatewayAtWork } from '../../test/gateway-at-work';

jest.setTimeout(60_000);

/** A service that closes each connection when a second question comes on it, as one does whose patience ends in that moment. */
const seen = new WeakSet<Socket>();
const impatient: Server = createServer((request, response) => {
  if (seen.has(request.socket)) {
    request.socket.destroy();
    return;
  }
  seen.add(request.socket);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});

let gateway: GatewayAtWork;
beforeAll(async () => {
  await once(impatient.listen(0, '127.0.0.1'), 'listening');
  const { port } = impatient.address() as AddressInfo;
  gateway = await GatewayAtWork.start({ settings: { OVERSIGHT_URL: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await gateway.stop();
  impatient.closeAllConnections();
  impatient.close();
});

test('a connection that was closed while it was kept is no fault that a reader sees', async () => {
  const lan = await gateway.signedIn('lan');

  const answers: number[] = [];
  for (let time = 0; time < 4; time += 1) answers.push((await lan.open('/api/oversight/alerts')).status);

  expect(answers).toEqual([200, 200, 200, 200]);
});
