import { existsSync, readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { runningOn, signalChildren, treeOf } from '#local';

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

/** CPU milliseconds by the name of who used them; empty where there is no /proc. */
export type CpuTime = ReadonlyMap<string, number>;

/** What each process had used at one look, by its number. */
export type CpuLook = ReadonlyMap<number, { readonly who: string; readonly ms: number }>;

/** The processes of a stack, found by the records that its start keeps of them in the data folder. */
export class Processes {
  /** Processes that belong to the measurement and not to the stack. */
  private readonly added = new Map<string, number>();

  constructor(
    private readonly dataFolder: string,
    private readonly database: Pool,
  ) {}

  /** False where the system has no /proc: then there is no CPU time and no memory to tell. */
  static readonly canTell = existsSync('/proc/self/stat');

  /** Stops or continues a process with all that belongs to it; stopped, it uses no CPU and answers nobody. */
  signal(names: readonly string[], signal: 'SIGSTOP' | 'SIGCONT'): void {
    for (const name of names) signalChildren(this.dataFolder, name, signal);
  }

  /** CPU time used so far: of each process, PostgreSQL's backends by whom they work for. */
  async cpu(): Promise<CpuLook> {
    if (!Processes.canTell) return new Map();
    const { user, system } = process.cpuUsage();
    const look = new Map([[process.pid, { who: 'bench', ms: (user + system) / 1_000 }]]);
    const clients = await this.clientsOfBackends();
    for (const [name, root] of [...this.roots(), ...this.added]) {
      for (const pid of treeOf(root)) {
        const who = name === 'postgres' ? `PostgreSQL for ${clients.get(pid) ?? 'itself'}` : name;
        look.set(pid, { who, ms: cpuMsOf(pid) });
      }
    }
    return look;
  }

  /** Bytes of memory each holds for itself now: neither files nor what PostgreSQL's backends share, which are caches. */
  memory(): ReadonlyMap<string, number> {
    if (!Processes.canTell) return new Map();
    return new Map(
      [...this.roots()].map(([name, root]) => [name, treeOf(root).reduce((b, pid) => b + ownMemoryOf(pid), 0)]),
    );
  }

  pidOf(name: string): number | null {
    return this.roots().get(name) ?? null;
  }

  /** Looks at another process from now on. */
  add(name: string, pid: number): void {
    this.added.set(name, pid);
  }

  private roots(): ReadonlyMap<string, number> {
    return new Map(runningOn(this.dataFolder).map(({ name, pid }) => [name, pid]));
  }

  private async clientsOfBackends(): Promise<ReadonlyMap<number, string>> {
    const { rows } = await this.database.query<{ pid: number; datname: string; application_name: string }>(
      'select pid, datname, application_name from pg_stat_activity where datname is not null',
    );
    return new Map(
      rows.map(({ pid, datname, application_name: by }) => {
        if (by.startsWith('bench')) return [pid, 'bench'];
        return [pid, by.startsWith('motcua') ? by.replace('motcua-', '') : datname.replace(/_visibility$/, '')];
      }),
    );
  }
}

/** What was used between two looks, by those that lived at the second. */
export function usedBetween(before: CpuLook, after: CpuLook): CpuTime {
  const used = new Map<string, number>();
  for (const [pid, { who, ms }] of after) used.set(who, (used.get(who) ?? 0) + ms - (before.get(pid)?.ms ?? 0));
  return used;
}

/** Its own only: what a backend used that has ended would come back as its parent's, at once. */
function cpuMsOf(pid: number): number {
  const fields = statOf(pid);
  return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1_000) / TICKS;
}

function ownMemoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(read(pid, 'status')) ?? [];
  return Number(kilobytes) * 1_024;
}

/** The fields of /proc/<pid>/stat from the state (field 3) on, after the name, which may hold anything. */
function statOf(pid: number): readonly string[] {
  const stat = read(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** What the system says of a process; nothing of one that has ended meanwhile. */
function read(pid: number, what: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
