import { setTimeout as pause } from 'node:timers/promises';
import { signalChildren, startStack, type ServerName, type SettingsOf, type Stack, type StackService } from '#local';
import type { NewTimeMap } from '#persistence';
import { grpc, http, kafka, Link, MailSink, postgres, smtp } from '#testing';
import { demoContent, loadContent } from '../../apps/cli/src/start/content';

/** Every way from one process to another, by the two; `people` are the clients of this program. */
export const linkNames = [
  'people-desk',
  'desk-postgres',
  'desk-kafka',
  'clock-postgres',
  'clock-kafka',
  'clock-temporal',
  'clock-desk',
  'oversight-postgres',
  'oversight-kafka',
  'oversight-desk',
  'oversight-mail',
] as const;
export type LinkName = (typeof linkNames)[number];

export const serverNames = ['postgres', 'kafka', 'temporal'] as const satisfies readonly ServerName[];

/** Two hours a second: a working day passes while a few dossiers are settled, so that rungs fall due. */
const timeMap: NewTimeMap = { mapped: '2026-11-23T01:00:00.000Z', speed: 7_200 };

/** A whole stack of real processes in which every link goes through this program, and every process can be killed by it. */
export class Stage {
  private constructor(
    readonly stack: Stack,
    readonly links: Readonly<Record<LinkName, Link>>,
    readonly mail: MailSink,
  ) {}

  /** @throws whatever keeps the stack from starting; then nothing is left running */
  static async open(dataFolder: string, report: (step: string) => void): Promise<Stage> {
    const mail = await MailSink.start();
    const links: Partial<Record<LinkName, Link>> = {};
    try {
      links['oversight-mail'] = await Link.to(new URL(mail.url).host, smtp);
      const settings = linked(links);
      const stack = await startStack({ dataFolder, ports: 'free', report, timeMap, settings });
      links['people-desk'] = await Link.to(new URL(stack.services.desk).host, http);
      await loadContent(stack, demoContent());
      return new Stage(stack, links as Record<LinkName, Link>, mail);
    } catch (error) {
      await closed(links, mail);
      throw error;
    }
  }

  /** Kills a service at once; it is started again. */
  kill(service: StackService): void {
    void this.stack.supervised[service].kill('SIGKILL');
  }

  async killServer(name: ServerName): Promise<void> {
    await this.stack.servers.stopServer(name, 'SIGKILL');
  }

  /** Starts a server that was killed; what is left of its processes may keep its data for a moment. */
  async startServer(name: ServerName): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.stack.servers.startServer(name);
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await pause(1_000);
      }
    }
  }

  /** Stops the processes of that name as they stand, or lets them go on: to all others they hang. */
  freeze(name: StackService | ServerName, how: 'SIGSTOP' | 'SIGCONT'): void {
    signalChildren(this.stack.dataFolder, name, how);
  }

  /** Every link whole, no trap set, nothing frozen, every server up. */
  async heal(): Promise<void> {
    for (const link of Object.values(this.links)) {
      link.arm(null);
      link.set('pass');
    }
    for (const name of ['desk', 'clock', 'oversight', ...serverNames] as const) this.freeze(name, 'SIGCONT');
    for (const name of serverNames) await this.startServer(name);
  }

  async close(): Promise<void> {
    await this.heal();
    await this.stack.stop();
    await closed(this.links, this.mail);
  }
}

/** Makes a link for each address in a service's settings, and puts itself in its place. */
function linked(links: Partial<Record<LinkName, Link>>): SettingsOf {
  const to = async (name: LinkName, address: string, protocol: Parameters<typeof Link.to>[1]) => {
    const link = await Link.to(address, protocol);
    links[name] = link;
    return link.address;
  };
  return async (service, { DATABASE_URL = '', KAFKA_BROKERS = '', TEMPORAL_ADDRESS, DESK_URL }) => {
    if (service === 'gateway') return {}; // It carries what people say, and does nothing to a dossier of its own.
    const database = new URL(DATABASE_URL);
    database.host = await to(`${service}-postgres`, database.host, postgres);
    return {
      DATABASE_URL: database.href,
      KAFKA_BROKERS: await to(`${service}-kafka`, KAFKA_BROKERS, kafka),
      ...(TEMPORAL_ADDRESS && { TEMPORAL_ADDRESS: await to('clock-temporal', TEMPORAL_ADDRESS, grpc) }),
      ...(DESK_URL &&
        service !== 'desk' && { DESK_URL: `http://${await to(`${service}-desk`, new URL(DESK_URL).host, http)}` }),
      ...(service === 'oversight' && { SMTP_URL: `smtp://${links['oversight-mail']?.address ?? ''}` }),
    };
  };
}

async function closed(links: Partial<Record<LinkName, Link>>, mail: MailSink): Promise<void> {
  for (const link of Object.values(links)) await link.close();
  await mail.stop();
}
