import type { Organisation, Role } from '#domain';
import type { LogMapping } from './log-mapping';
import type { XesLog, XesTrace } from './xes-reader';

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
const migrator = { officialId: 'migrator', postId: 'migrator', officeId: authorityId };
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
  const departments = idsFor(log.traces.flatMap((trace) => trace.attributes.get(mapping.dossier.department) ?? []));
  const people = idsFor(log.traces.flatMap((trace) => namesIn(trace, mapping)));
  const officeOf = (department: string | undefined) => departments.get(department ?? '') ?? authorityId;
  const officialOf = (name: string) => people.get(name) ?? name;
  const offices = [{ id: authorityId, name: mapping.authority.name }, ...named(departments)];
  const staff = [
    ...offices.map(({ id, name }) => seat(headOf(id), `Head of ${name} (the log names none)`, id, headOf(id), 'head')),
    seat(migrator.officialId, 'Takes the log over', authorityId, migrator.postId, 'migrator'),
    seat('administrator', 'Administrator', authorityId, 'administrator', 'administrator'),
    ...log.traces.flatMap((trace) => {
      const officeId = officeOf(trace.attributes.get(mapping.dossier.department));
      return namesIn(trace, mapping).map((name) => {
        const officialId = officialOf(name);
        return seat(officialId, name, officeId, postIdOf(officeId, officialId), 'official');
      });
    }),
  ];
  return { organisation: organisationOf(offices, staff, mapping), migrator, officeOf, officialOf };
}

/** A person in a post. */
interface Seat {
  readonly officialId: string;
  readonly name: string;
  readonly officeId: string;
  readonly postId: string;
  readonly role: Role;
}

function seat(officialId: string, name: string, officeId: string, postId: string, role: Role): Seat {
  return { officialId, name, officeId, postId, role };
}

function organisationOf(
  offices: readonly { readonly id: string; readonly name: string }[],
  staff: readonly Seat[],
  { authority }: LogMapping,
): Organisation {
  const people = [...new Map(staff.map((one) => [one.officialId, one])).values()];
  const seats = [...new Map(staff.map((one) => [one.postId, one])).values()];
  return {
    offices: offices.map(({ id, name }) => ({
      id,
      name,
      parentId: id === authorityId ? null : authorityId,
      headPostId: headOf(id),
      receptionPostId: null,
      codePrefix: authority.codePrefix,
      calendarId: null,
      validFrom: null,
      validUntil: null,
      successorId: null,
      committeePostId: null,
      phone: null,
    })),
    posts: seats.map(({ postId, officeId, name, role }) => ({ id: postId, officeId, name, roles: [role] })),
    officials: people.map(({ officialId, name }) => ({ id: officialId, name, email: null })),
    tenures: seats.map(({ officialId, postId }) => ({ officialId, postId, from: since, until: null })),
    deputies: [],
    absences: [],
    mandates: [],
    fourEyes: [],
  };
}

function headOf(officeId: string): string {
  return `head-of-${officeId}`;
}

function named(ids: ReadonlyMap<string, string>) {
  return [...ids].map(([name, id]) => ({ id, name }));
}

function namesIn(trace: XesTrace, { dossier, event }: LogMapping): readonly string[] {
  const acting = trace.events.map(({ attributes }) => attributes.get(event.official));
  return [trace.attributes.get(dossier.responsible), ...acting].filter((name) => name !== undefined);
}

/** An id for each name, as close to it as ids allow; no two names share one, in whatever order they come. */
function idsFor(names: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set([authorityId, migrator.officialId, 'administrator']);
  for (const name of [...new Set(names)].sort()) {
    const plain = idLike(name);
    let id = plain;
    for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

/** Only the letters an id may have; what an office's head is called is kept free. */
function idLike(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._:-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60);
  return plain === '' || plain.startsWith('head-of-') ? `log-${plain}` : plain;
}
