import { Injectable } from '@nestjs/common';

/** Somebody who has a dossier open. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Who else has a dossier open, told to one browser. */
export interface PresenceTold {
  readonly dossierId: string;
  readonly people: readonly Person[];
}

/** How long a browser counts as having it open after it last said so, and how long it may say so after it has read the dossier. */
const openForMs = 45_000;
const readCountsForMs = 12 * 3_600_000;
const most = 20_000;

interface Open {
  readonly person: Person;
  untilMs: number;
}

/**
 * Who has which dossier open, in the memory of this process: a hint, no record. Only who has read a dossier in their session, as
 * `desk` let them, can say that it is open, and learns who else has it open.
 */
@Injectable()
export class Presence {
  private readonly read = new Map<string, number>();
  private readonly open = new Map<string, Map<string, Open>>();
  private readonly listeners = new Map<string, Set<(told: PresenceTold) => void>>();

  /** `desk` has shown a dossier to a session. */
  hasRead(session: string, dossierId: string, nowMs: number = performance.now()): void {
    const key = `${session} ${dossierId}`;
    this.read.delete(key); // So that the oldest stays the first.
    this.read.set(key, nowMs + readCountsForMs);
    if (this.read.size > most) this.read.delete(this.read.keys().next().value ?? key);
  }

  /**
   * A session has a dossier open from now on, besides others in other windows; answers who else has. Null where the session has not
   * read the dossier, so that for it there is none.
   */
  say(
    { session, person }: { readonly session: string; readonly person: Person },
    dossierId: string,
    nowMs: number = performance.now(),
  ): readonly Person[] | null {
    if ((this.read.get(`${session} ${dossierId}`) ?? -1) < nowMs) return null;
    const sessions = this.open.get(dossierId) ?? new Map<string, Open>();
    const isNew = !sessions.has(session);
    this.open.set(dossierId, sessions.set(session, { person, untilMs: nowMs + openForMs }));
    if (isNew) this.tell(dossierId, nowMs);
    return this.othersIn(dossierId, person.id, nowMs);
  }

  /** A session has it open no longer. One that had not changes nothing. */
  leave(session: string, dossierId: string, nowMs: number = performance.now()): void {
    if (this.open.get(dossierId)?.delete(session)) this.tell(dossierId, nowMs);
  }

  /** What is told to a session; the answer ends it. */
  listen(session: string, listener: (told: PresenceTold) => void): () => void {
    const listeners = this.listeners.get(session) ?? new Set();
    this.listeners.set(session, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(session) === listeners) this.listeners.delete(session);
    };
  }

  /** Forgets who has not said so for a while, and tells who is left. */
  forgetGone(nowMs: number = performance.now()): void {
    for (const [dossierId, sessions] of this.open) {
      const gone = [...sessions].filter(([, { untilMs }]) => untilMs < nowMs);
      for (const [session] of gone) sessions.delete(session);
      if (gone.length > 0) this.tell(dossierId, nowMs);
      if (sessions.size === 0) this.open.delete(dossierId);
    }
  }

  private tell(dossierId: string, nowMs: number): void {
    for (const [session, { person }] of this.open.get(dossierId) ?? []) {
      const told = { dossierId, people: this.othersIn(dossierId, person.id, nowMs) };
      for (const listener of this.listeners.get(session) ?? []) listener(told);
    }
  }

  /** Each person once, however many windows they have, by name. */
  private othersIn(dossierId: string, officialId: string, nowMs: number): readonly Person[] {
    const present = [...(this.open.get(dossierId)?.values() ?? [])].filter(({ untilMs }) => untilMs >= nowMs);
    const others = new Map(present.map(({ person }) => [person.id, person]));
    others.delete(officialId);
    return [...others.values()].sort((one, other) => one.name.localeCompare(other.name));
  }
}
