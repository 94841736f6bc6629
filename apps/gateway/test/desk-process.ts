import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Organisation } from '#domain';
import { serviceFetch, signToken, type ServiceFetch } from '#platform';
import { eventually } from '#testing';

const project = join(__dirname, '../../..');

/** Who is who in the demo. */
export const demoOrganisation = read('demo/organisation.json') as Organisation;

/** A `desk` as it is built, in a process of its own: apps know one another by HTTP alone, also in tests. */
export class DeskProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly issuer: JWK,
  ) {}

  static async start(options: { folder: string; databaseUrl: string; trustedKeys: string; issuer: JWK }) {
    const { folder, databaseUrl, trustedKeys, issuer } = options;
    const port = await freePort();
    writeFileSync(join(folder, 'dossier.key'), Buffer.alloc(32, 7).toString('base64'));
    const env = {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: '127.0.0.1:1', // Nothing that people do here depends on it.
      TRUSTED_KEYS_FILE: trustedKeys,
      DOSSIER_KEY_FILE: join(folder, 'dossier.key'),
      ATTACHMENT_FOLDER: join(folder, 'attachments'),
    };
    const child = spawn(process.execPath, [join(project, 'dist/apps/desk/src/main.js')], { env, stdio: 'ignore' });
    const desk = new DeskProcess(`http://127.0.0.1:${port}`, child, issuer);
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error('The desk ended; "npm run build" makes it.');
      if (!(await fetch(`${desk.url}/health/ready`)).ok) throw new Error('The desk is not ready.');
    });
    return desk;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  /** Loads the demo's catalogue and an organisation. */
  async load(organisation: Organisation): Promise<void> {
    const founder = this.as('quang', 'founding-administrator', 'do-luong');
    const body = { calendars: all('calendars'), procedures: all('procedures') };
    await founder({ method: 'POST', path: '/catalogue', body });
    await founder({ method: 'POST', path: '/organisation', body: organisation });
  }

  /** Replaces the organisation, as its administrator. */
  async replace(organisation: Organisation): Promise<void> {
    const administrator = this.as('quang', 'do-luong-administrator', 'do-luong');
    await administrator({ method: 'POST', path: '/organisation', body: organisation });
  }

  private as(sub: string, post: string, office: string): ServiceFetch {
    const token = () => signToken(this.issuer, { sub, post, office, authenticatedAt: new Date(), audience: 'desk' });
    return serviceFetch({ baseUrl: this.url, token, timeoutMs: 30_000 });
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function all(folder: string): unknown[] {
  return readdirSync(join(project, 'catalogue', folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => read(`${folder}/${file}`));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(project, 'catalogue', file), 'utf8'));
}
