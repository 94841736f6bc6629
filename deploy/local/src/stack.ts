import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureTopics } from '#messaging';
import { migrate, type NewTimeMap } from '#persistence';
import { createLogger, environment } from '#platform';
import { provideKeys, type Keys } from './keys';
import { endLeftovers, identityOf, isSameProcess, stackRuns, type ProcessIdentity } from './leftovers';
import { freePort, requireFreePort } from './ports';
import { LocalProblem, type Report } from './problem';
import { projectFolder } from './project-folder';
import { supervise, untilReady, type ServicePlan, type SupervisedService } from './services';
import { startServers, type Servers, type TemporalFlavour } from './servers';

export const serviceNames = ['desk', 'clock', 'oversight', 'gateway'] as const;
export type StackService = (typeof serviceNames)[number];

/** What a running stack says of itself in `stack.json`, for the commands that talk to it. */
export interface StackFile {
  readonly pid: number;
  /** Tells that process from a later one with its number; null where `ps` cannot say. */
  readonly startedAs: ProcessIdentity | null;
  readonly services: Readonly<Record<StackService, string>>;
  readonly ownerUrl: string;
  readonly brokers: readonly string[];
  readonly temporal: { readonly address: string; readonly namespace: string };
}

/** A whole stack: servers, keys, services. */
export interface Stack extends StackFile {
  readonly dataFolder: string;
  readonly servers: Servers;
  readonly keys: Keys;
  readonly supervised: Readonly<Record<StackService, SupervisedService>>;
  /** Starts one more process of a service, with the same settings on a port of its own; `stop` stops it too. */
  startAnother(name: StackService): Promise<SupervisedService>;
  stop(): Promise<void>;
}

export type Settings = Readonly<Record<string, string>>;

/** What is added to one service's settings, given those it has: the servers' addresses are known by then. */
export type SettingsOf = (service: StackService, settings: Settings) => Promise<Settings>;

export interface StackOptions {
  readonly dataFolder: string;
  /** `fixed`: the documented ones from the base upwards; `free`: whatever is free. */
  readonly ports: 'fixed' | 'free';
  readonly report: Report;
  /** Where simulated time begins on a new stack; a stack that has a map keeps it. */
  readonly timeMap?: NewTimeMap;
  /** Added to every service's settings, or to those of each on its own. */
  readonly settings?: Settings | SettingsOf;
  /** `cli` unless given. */
  readonly temporal?: TemporalFlavour;
}

/** A file that proves that a folder is ours to remove. */
const MARKER = 'motcua-data';

/**
 * Brings up everything on one machine and answers when each service is ready.
 *
 * @throws LocalProblem; then nothing that was started here is left running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataFolder, report } = options;
  claim(dataFolder, report);
  const ports = await portsFor(options.ports);
  const servers = await startServers({ dataFolder, ports, report, temporal: options.temporal ?? 'cli' });
  let services: Services | undefined;
  const stop = async () => {
    await services?.stop();
    await servers.stop();
    rmSync(join(dataFolder, 'stack.json'), { force: true });
  };
  try {
    services = await startServices({ ...options, servers, ports });
    const file = stackFileOf(servers, services.plans);
    writeFileSync(join(dataFolder, 'stack.json'), JSON.stringify(file, null, 2), { mode: 0o600 });
    return { ...services, ...file, dataFolder, servers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the servers are that services work on, whoever started them. */
export interface ServerAddresses {
  readonly postgres: { readonly ownerUrl: string };
  readonly kafka: { readonly brokers: readonly string[] };
  readonly temporal: { readonly address: string; readonly namespace: string };
}

export interface ServicesOptions {
  readonly dataFolder: string;
  readonly servers: ServerAddresses;
  readonly ports: Readonly<Record<StackService, number>>;
  readonly report: Report;
  readonly timeMap?: NewTimeMap;
  readonly settings?: Settings | SettingsOf;
  /** All of them unless given. */
  readonly names?: readonly StackService[];
}

/** Services that run on servers, each a process of its own. */
export interface Services {
  readonly keys: Keys;
  readonly plans: Plans;
  readonly supervised: Readonly<Record<StackService, SupervisedService>>;
  startAnother(name: StackService): Promise<SupervisedService>;
  stop(): Promise<void>;
}

/**
 * Makes keys, topics and schema, then starts services and answers when each is ready.
 *
 * @throws LocalProblem; then none of them is left running.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { dataFolder, servers, ports, report, names = serviceNames } = options;
  const running: SupervisedService[] = [];
  const stop = async () => {
    await Promise.all(running.map((service) => service.stop()));
  };
  try {
    const keys = await provideKeys(dataFolder);
    report('bringing topics and schema up to date');
    const [roles] = await Promise.all([
      migrate(servers.postgres.ownerUrl, options.timeMap ? { timeMap: options.timeMap } : {}),
      ensureTopics(servers.kafka.brokers, createLogger({ name: 'topics', level: 'silent' })),
    ]);
    report(`starting ${names.join(', ')}`);
    const plans = await withAdded(servicePlans({ servers, roles, keys, ports, dataFolder }), options.settings ?? {});
    for (const name of names) running.push(supervise(plans[name], dataFolder, report));
    await Promise.all(running.map((service) => untilReady(service, dataFolder)));
    const startAnother = async (name: StackService) => {
      const another = supervise(await onFreePort(plans[name]), dataFolder, report);
      running.push(another);
      await untilReady(another, dataFolder);
      return another;
    };
    const supervised = Object.fromEntries(running.map((service) => [service.name, service])) as Stack['supervised'];
    return { keys, plans, supervised, startAnother, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The data folder of `npm start`, or the one MOTCUA_DATA names. */
export function defaultDataFolder(): string {
  return resolve(projectFolder, environment('MOTCUA_DATA') ?? '.motcua');
}

/** What the stack on this folder said of itself. @throws LocalProblem when none runs there */
export function readStack(dataFolder: string): StackFile {
  const path = join(dataFolder, 'stack.json');
  if (!existsSync(path)) {
    throw new LocalProblem(
      `No stack runs on ${dataFolder}.`,
      'Start one with "npm start", or name its folder with MOTCUA_DATA.',
    );
  }
  return JSON.parse(readFileSync(path, 'utf8')) as StackFile;
}

/**
 * Removes the folder a stack keeps everything in: only one that a stack made, and only when none runs on it. What a killed
 * one left running there is ended first.
 */
export function removeData(dataFolder: string, report: Report = () => undefined): void {
  if (!existsSync(dataFolder)) return;
  if (!existsSync(join(dataFolder, MARKER))) {
    throw new LocalProblem(`${dataFolder} was not made by this project.`, 'Remove it yourself if you are sure.');
  }
  refuseRunning(dataFolder);
  endLeftovers(dataFolder, report);
  rmSync(dataFolder, { recursive: true });
}

function claim(dataFolder: string, report: Report): void {
  mkdirSync(dataFolder, { recursive: true });
  refuseRunning(dataFolder);
  endLeftovers(dataFolder, report);
  rmSync(join(dataFolder, 'stack.json'), { force: true });
  writeFileSync(join(dataFolder, MARKER), 'Made by Motcua; "npm start -- --fresh" removes this folder.\n');
}

function refuseRunning(dataFolder: string): void {
  if (!existsSync(join(dataFolder, 'stack.json'))) return;
  const stack = readStack(dataFolder);
  if (isAlive(stack)) throw stackRuns(dataFolder, stack.pid);
}

function isAlive({ pid, startedAs }: StackFile): boolean {
  if (startedAs !== null) return isSameProcess(pid, startedAs);
  try {
    process.kill(pid, 0);
    return pid !== process.pid; // In a container a new start often has the number of the one before.
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // It is another user's.
  }
}

type Ports = Readonly<Record<StackService | 'postgres' | 'kafka' | 'temporal' | 'temporalUi', number>>;

async function portsFor(which: StackOptions['ports']): Promise<Ports> {
  if (which === 'free') {
    const [desk, clock, oversight, gateway] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    return { desk, clock, oversight, gateway, postgres: 0, kafka: 0, temporal: 0, temporalUi: 0 };
  }
  const base = Number(environment('MOTCUA_PORT_BASE') ?? 7400);
  const services = { gateway: base, desk: base + 1, clock: base + 2, oversight: base + 3 };
  for (const name of serviceNames) await requireFreePort(services[name], name);
  return { ...services, postgres: base + 32, temporal: base + 33, temporalUi: base + 34, kafka: base + 92 };
}

interface PlanInput {
  readonly servers: ServerAddresses;
  readonly roles: Readonly<Record<StackService, string>>;
  readonly keys: Keys;
  readonly ports: Readonly<Record<StackService, number>>;
  readonly dataFolder: string;
}

type Plans = Readonly<Record<StackService, ServicePlan>>;

function servicePlans({ servers, roles, keys, ports, dataFolder }: PlanInput): Plans {
  const deskUrl = `http://127.0.0.1:${ports.desk}`;
  const publicUrl = `http://localhost:${ports.gateway}`;
  const own: Readonly<Record<StackService, Readonly<Record<string, string>>>> = {
    desk: { DOSSIER_KEY_FILE: keys.dossier, ATTACHMENT_FOLDER: join(dataFolder, 'attachments'), PUBLIC_URL: publicUrl },
    clock: {
      DESK_URL: deskUrl,
      SERVICE_KEY_FILE: keys.clock,
      TEMPORAL_ADDRESS: servers.temporal.address,
      TEMPORAL_NAMESPACE: servers.temporal.namespace,
    },
    oversight: { DESK_URL: deskUrl, SERVICE_KEY_FILE: keys.oversight },
    gateway: {
      DESK_URL: deskUrl,
      OVERSIGHT_URL: `http://127.0.0.1:${ports.oversight}`,
      CLOCK_URL: `http://127.0.0.1:${ports.clock}`,
      PUBLIC_URL: publicUrl,
      SERVICE_KEY_FILE: keys.gateway,
      ISSUER_KEY_FILE: keys.issuer,
      SECRET_FILE: keys.gatewaySecret,
      PROVIDER_KEYS_FILE: keys.provider,
      CONSOLE_FOLDER: join(projectFolder, 'dist', 'console'),
    },
  };
  const plan = (name: StackService): ServicePlan => ({
    name,
    program: join(projectFolder, 'dist', 'apps', name, 'src', 'main.js'),
    url: `http://127.0.0.1:${ports[name]}`,
    givesWay: name !== 'desk',
    settings: {
      HOST: '127.0.0.1',
      PORT: String(ports[name]),
      DATABASE_URL: roles[name],
      KAFKA_BROKERS: servers.kafka.brokers.join(','),
      TRUSTED_KEYS_FILE: keys.trusted,
      ...own[name],
    },
  });
  return { desk: plan('desk'), clock: plan('clock'), oversight: plan('oversight'), gateway: plan('gateway') };
}

async function withAdded({ desk, clock, oversight, gateway }: Plans, added: Settings | SettingsOf): Promise<Plans> {
  const settingsOf: SettingsOf = typeof added === 'function' ? added : () => Promise.resolve(added);
  const more = async (name: StackService, plan: ServicePlan): Promise<ServicePlan> => {
    return { ...plan, settings: { ...plan.settings, ...(await settingsOf(name, plan.settings)) } };
  };
  return {
    desk: await more('desk', desk),
    clock: await more('clock', clock),
    oversight: await more('oversight', oversight),
    gateway: await more('gateway', gateway),
  };
}

async function onFreePort(plan: ServicePlan): Promise<ServicePlan> {
  const port = String(await freePort());
  return { ...plan, url: `http://127.0.0.1:${port}`, settings: { ...plan.settings, PORT: port } };
}

function stackFileOf(servers: Servers, plans: Plans): StackFile {
  const { desk, clock, oversight, gateway } = plans;
  return {
    pid: process.pid,
    startedAs: identityOf(process.pid),
    services: { desk: desk.url, clock: clock.url, oversight: oversight.url, gateway: gateway.url },
    ownerUrl: servers.postgres.ownerUrl,
    brokers: servers.kafka.brokers,
    temporal: { address: servers.temporal.address, namespace: servers.temporal.namespace },
  };
}
