import { join } from 'node:path';
import { projectFolder } from '#local';
import { catalogueOf, type LogCatalogue } from './log-catalogue';
import { mappingFor, type LogMapping } from './log-mapping';
import { planOf, type Plan } from './plan';
import { readXes, type XesLog } from './xes-reader';

const smallLog = join(projectFolder, 'test', 'logs', 'small.xes');
const mapping = mappingFor(smallLog, join(projectFolder, 'catalogue', 'replay', 'receipt.json'));
let log: XesLog;
let catalogue: LogCatalogue;
let plan: Plan;

beforeAll(async () => {
  log = await readXes(smallLog);
  catalogue = catalogueOf(log, mapping);
  plan = planOf(log, mapping, catalogue);
});

/** The commands of a dossier as `name at occurredAt to whom`. */
function commandsOf(dossier: string): readonly string[] {
  const trace = log.traces.find(({ attributes }) => attributes.get('concept:name') === dossier);
  return plan.commands
    .filter((command) => command.trace === trace?.position)
    .map(({ name, body }) => {
      const to = body['to'] ?? body['responsible'];
      return [name, body.occurredAt, ...(isHolder(to) ? [to.officialId] : [])].join(' ');
    });
}

function isHolder(value: unknown): value is { officialId: string } {
  return typeof value === 'object' && value !== null && 'officialId' in value;
}

test('an intake, a hand-over at each change of the acting official, and the end', () => {
  expect(commandsOf('early')).toEqual([
    'receive 2011-03-01T08:00:00.000Z Anna',
    'hand-over 2011-03-03T09:00:00.000Z Bram',
    'hand-over 2011-03-08T09:00:00.000Z Anna',
    'mark-processed 2011-03-10T10:00:00.000Z',
    'return 2011-03-10T10:00:00.000Z',
  ]);
});

test('events of a dossier are taken in order of time, not of the file', () => {
  expect(commandsOf('strays')).toEqual([
    'receive 2011-03-07T08:00:00.000Z Carla',
    'hand-over 2011-03-11T08:00:00.000Z Anna',
    'hand-over 2011-03-16T08:00:00.000Z Bram',
    'mark-processed 2011-03-21T15:00:00.000Z',
    'return 2011-03-21T15:00:00.000Z',
  ]);
});

test('an end before the start is sent at once after the intake, and what follows is sent all the same', () => {
  expect(commandsOf('ends-before-start')).toEqual([
    'receive 2011-03-10T08:00:00.000Z Bram',
    'mark-processed 2011-03-09T08:00:00.000Z',
    'hand-over 2011-03-11T08:00:00.000Z Anna',
  ]);
});

test('commands are sent in the log’s own order of time', () => {
  const instants = plan.commands.map(({ at }) => at);

  expect(instants).toEqual([...instants].sort());
  expect(plan).toMatchObject({ firstInstant: '2011-03-01T08:00:00.000Z', lastInstant: '2011-03-30T08:00:00.000Z' });
});

test('nothing is left out without a word', () => {
  expect(plan.leftOut.map(({ dossier, why, detail }) => `${dossier}: ${why} (${detail})`)).toEqual([
    'strays: before the intake (2011-03-07T08:00:00.000Z)',
    'strays: after the end (2011-03-21T15:00:00.000Z)',
    'strays: attribute missing (event: org:resource)',
    'strays: attribute missing (event: time:timestamp)',
    'no-limit: attribute missing (deadline)',
    'R&D <nested>: after the end (2011-03-29T07:00:00.000Z)',
  ]);
});

test('every event of the log is a hand-over, an act of the holder, or left out', () => {
  const events = log.traces.reduce((sum, trace) => sum + trace.events.length, 0);
  const handOvers = plan.commands.filter(({ name }) => name === 'hand-over').length;
  const eventsLeftOut = plan.leftOut.filter(({ detail }) => detail !== 'deadline').length;

  expect({ events, handOvers, eventsLeftOut }).toEqual({ events: 18, handOvers: 11, eventsLeftOut: 5 });
});

test('two officials whose names differ in capitals only stay two, and each holds a post where they act', () => {
  const ids = catalogue.organisation.officials.map(({ id }) => id);

  expect(ids).toEqual(expect.arrayContaining(['TEST', 'test', 'Dirk-Co.']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(catalogue.organisation.offices.map(({ name }) => name)).toEqual(['Gemeente', 'Customer contact', 'General']);
});

test('a channel that the mapping does not name is asked for before anything starts', () => {
  const without: LogMapping = { ...mapping, channels: mapping.channels.filter(({ inLog }) => inLog !== 'Post') };

  expect(() => planOf(log, without, catalogue)).toThrow(/names no channel for channel "Post"/);
});
