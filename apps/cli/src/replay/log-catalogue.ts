import type { Organisation } from '#domain';
import type { LogMapping } from './log-mapping';
import type { XesLog } from './xes-reader';

/** The offices, posts and officials of a log, as its stack is given them. */
export interface LogCatalogue {
  readonly organisation: Organisation;
  /** The official as whom the log's commands are sent: the taking-over of records. */
  readonly migrator: { readonly officialId: string; readonly postId: string; readonly officeId: string };
  /** The office of a department; the authority itself where a dossier names none. */
  readonly officeOf: (department: string | undefined) => string;
  readonly officialOf: (nameInLog: string) => string;
}

const authorityId = 'authority';
const since = '1970-01-01T00:00:00.000Z';

/** The post that an official holds in an office: who acts in several departments holds one in each. */
export function postIdOf(officeId: string, officialId: string): string {
  return `${officeId}.${officialId}`;
}

/**
 * The log's departments as offices below one authority, and everybody the log names in a post of each department they act
 * in. A log names no heads: each office gets one.
 */
export function catalogueOf(log: XesLog, mapping: LogMapping): LogCatalogue {
  const { authority, dossier } = mapping;
  const departments = idsFor(
    log.traces.map(({ attributes }) => attributes.get(dossier.department)),
    new Set([authorityId]),
  );
  const people = idsFor(
    log.traces.flatMap((trace) => namesIn(trace, mapping)),
    new Set(['migrator', 'administrator', ...[authorityId, ...departments.values()].map(headOf)]),
  );
  const officeOf = (department: string | undefined) => departments.get(department ?? '') ?? authorityId;
  const officialOf = (name: string) => people.get(name) ?? name;
  const officeIds = [authorityId, ...departments.values()];
  const places = new Map(
    log.traces.flatMap((trace) => {
      const officeId = officeOf(trace.attributes.get(dossier.department));
      return namesIn(trace, mapping).map((name) => {
        const place = { officeId, officialId: officialOf(name), name };
        return [postIdOf(officeId, place.officialId), place] as const;
      });
    }),
  );
  const staff = [
    ...officeIds.map((officeId) => ({
      officeId,
      officialId: headOf(officeId),
      postId: headOf(officeId),
      title: 'Head (not named in the log)',
      role: 'head' as const,
    })),
    {
      officeId: authorityId,
      officialId: 'migrator',
      postId: 'migrator',
      title: 'Takes the log over',
      role: 'migrator' as const,
    },
    {
      officeId: authorityId,
      officialId: 'administrator',
      postId: 'administrator',
      title: 'Administrator',
      role: 'administrator' as const,
    },
    ...[...places].map(([postId, { officeId, officialId, name }]) => ({
      officeId,
      officialId,
      postId,
      title: name,
      role: 'official' as const,
    })),
  ];
  const nameOf = new Map([...people].map(([name, id]) => [id, name]));
  const organisation: Organisation = {
    offices: officeIds.map((id) => ({
      id,
      name: id === authorityId ? authority.name : (nameFor(departments, id) ?? id),
      parentId: id === authorityId ? null : authorityId,
      headPostId: headOf(id),
      receptionPostId: null,
      codePrefix: authority.codePrefix,
    })),
    posts: staff.map(({ postId, officeId, title, role }) => ({ id: postId, officeId, name: title, roles: [role] })),
    officials: [...new Set(staff.map(({ officialId }) => officialId))].map((id) => ({
      id,
      name: nameOf.get(id) ?? id,
      email: null,
    })),
    tenures: staff.map(({ officialId, postId }) => ({ officialId, postId, from: since, until: null })),
  };
  return {
    organisation,
    migrator: { officialId: 'migrator', postId: 'migrator', officeId: authorityId },
    officeOf,
    officialOf,
  };
}

function headOf(officeId: string): string {
  return `head-of-${officeId}`;
}

function nameFor(ids: ReadonlyMap<string, string>, id: string): string | undefined {
  return [...ids].find(([, one]) => one === id)?.[0];
}

function namesIn(trace: XesLog['traces'][number], { dossier, event }: LogMapping): readonly string[] {
  const acting = trace.events.map(({ attributes }) => attributes.get(event.official));
  return [trace.attributes.get(dossier.responsible), ...acting].filter((name) => name !== undefined);
}

/** An id for each name, as close to it as ids allow; no two names share one, in whatever order they come. */
function idsFor(names: readonly (string | undefined)[], taken: Set<string>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const name of [...new Set(names)].filter((one) => one !== undefined).sort()) {
    const plain = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._:-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 60);
    let id = plain || 'unnamed';
    for (let count = 2; taken.has(id); count += 1) id = `${plain || 'unnamed'}-${count}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}
