import { civilCode, localDateSchema, wallTimeSchema, type CountingRule, type Limit } from '#calendar';
import {
  asLocalized,
  channels,
  checkAgainst,
  defectsAgainst,
  dueInstantNames,
  feeTimes,
  localizedSchema,
  schema,
  stopReasons,
  tells,
  type Channel,
  type Defect,
  type Tell,
} from '#contracts';
import { eFormContradictions, eFormSchema } from './e-form';
import { FieldInvalid } from './errors';
import { stepsBeyondTheWhole } from './interconnected';
import { idPattern } from './load-schemas';
import {
  silences,
  refundRules,
  statesWhenLoaded,
  supplementModes,
  type LadderAct,
  type LadderOffset,
  type LadderRung,
  type LadderShare,
  type OfficeLadder,
  type ProcedureVersion,
  type ServiceLevel,
  type Step,
  type Wait,
} from './procedure';
import {
  procedureKinds,
  procedureLevels,
  type Component,
  type Fee,
  type LegalDocument,
  type ProcedureDescription,
} from './procedure-description';
import { roles } from './roles';
import { reservedRung } from './rung-names';

const { either, flag, integer, isObject, listOf, matching, oneOf, orNull, record, text } = schema;

const id = matching(idPattern);

const limit = either<Extract<Limit, { amount: number }>, Extract<Limit, { unit: 'SAME_DAY' }>>(
  record({ amount: integer(1), unit: oneOf(['WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH']) }),
  record({ unit: oneOf(['SAME_DAY']), cutOff: wallTimeSchema, dueBy: wallTimeSchema }),
);

const counting = record<CountingRule>({
  firstDay: oneOf(['excluded', 'included']),
  outOfHours: oneOf(['next-opening', 'own-day']),
  endOnDayOff: oneOf(['moves-forward', 'stays']),
  workingDay: oneOf(['whole', 'hours']),
});

const ladderOffset = record<LadderOffset>({
  side: oneOf(['before', 'after']),
  amount: integer(1),
  unit: oneOf(['WORKING_HOUR', 'WORKING_DAY']),
});

/** Not the whole: that is the due instant itself. */
const hundredths: schema.Schema<number> = { json: { type: 'integer', minimum: 1, maximum: 99 } };
const ladderShare = record<LadderShare>({ percent: hundredths });

const ladderRungAt = {
  name: id,
  of: oneOf(dueInstantNames),
  offset: orNull(either(ladderOffset, ladderShare)),
  hours: oneOf(['office', 'any']),
};

const ladder: schema.Schema<readonly LadderRung[]> = listOf(
  either(
    record<Extract<LadderRung, { tell: Tell }>>({ ...ladderRungAt, tell: oneOf(tells) }),
    record<Extract<LadderRung, { act: LadderAct }>>({ ...ladderRungAt, act: oneOf(['draft-apology']) }),
  ),
);

const wait = orNull(
  record<Wait>({
    limit,
    remind: orNull(record({ amount: integer(1), unit: oneOf(['WORKING_HOUR', 'WORKING_DAY']) })),
    onSilence: oneOf(silences),
    legalBasis: text,
  }),
);

const offeredChannels: schema.Schema<readonly Channel[]> = {
  json: { ...listOf(oneOf(channels)).json, minItems: 1, uniqueItems: true },
};

const description = record<ProcedureDescription>({
  kind: oneOf(procedureKinds),
  names: localizedSchema,
  field: id,
  level: oneOf(procedureLevels),
  competentAuthority: text,
  legalDocuments: listOf(record<LegalDocument>({ title: text, article: orNull(text) })),
  components: listOf(
    record<Component>({ code: id, name: localizedSchema, originals: integer(), copies: integer(), required: flag }),
  ),
  checklist: listOf(localizedSchema),
  eForm: orNull(eFormSchema),
  fee: orNull(record<Fee>({ amountMinor: integer(), currency: oneOf(['VND']), dueAt: oneOf(feeTimes) })),
  result: record<ProcedureDescription['result']>({ name: localizedSchema }),
  channels: offeredChannels,
  sample: flag,
});

/** A procedure in its whole form; what may be left out is filled in by {@link parseProcedureVersion}. */
export const procedureVersionSchema = record<ProcedureVersion>({
  code: id,
  version: integer(1),
  state: oneOf(statesWhenLoaded),
  validFrom: orNull(localDateSchema),
  name: text,
  calendarId: id,
  serviceLevel: record<ServiceLevel>({
    kind: oneOf(['computed', 'given']),
    legalLimit: orNull(limit),
    onlineLimit: orNull(limit),
    appointmentLimit: orNull(limit),
    acceptanceLimit: orNull(limit),
    counting,
    supplementMode: oneOf(supplementModes),
    paymentPauses: flag,
    refundOnWithdrawal: oneOf(refundRules),
    refundLegalBasis: orNull(text),
    maxSupplements: integer(),
    maxExtensions: integer(),
    steps: listOf(
      record<Step>({
        code: id,
        limit: orNull(limit),
        role: orNull(oneOf(roles)),
        officeRole: orNull(text),
        body: orNull(id),
        level: orNull(oneOf(procedureLevels)),
      }),
    ),
    waits: record<ServiceLevel['waits']>({ supplement: wait, payment: wait, 'other-body': wait }),
    ladder,
    officeLadders: listOf(record<OfficeLadder>({ officeId: id, ladder })),
  }),
  description: orNull(description),
});

const brokenProcedure = checkAgainst(procedureVersionSchema, 'procedure');
const schemaDefects = defectsAgainst(procedureVersionSchema);

/**
 * The procedure version that a JSON value holds. What an older form left out is filled in: published, in force always (or from
 * the day its description said), counted by the Civil Code, the same limit online, a supplement pauses, steps that name nobody
 * and are the lead's, no description. A description that leaves something out asks nothing on the screen, charges nothing, offers all channels and is no
 * sample; a name that is one text is that text in every language.
 *
 * @throws FieldInvalid naming the procedure and the first rule broken
 */
export function parseProcedureVersion(value: unknown): ProcedureVersion {
  const whole = wholeProcedure(value);
  const rule = brokenProcedure(whole);
  if (rule !== null) throw brokenRule(rule, (value as { readonly code?: string } | null)?.code);
  return whole as ProcedureVersion;
}

/**
 * Refuses what a version must not say when it is loaded. Stored ones are never asked: they may be older than a rule.
 *
 * @throws FieldInvalid naming the procedure and the first contradiction
 */
export function requireConsistent(procedure: ProcedureVersion): void {
  for (const { path, rule } of contradictions(procedure)) {
    throw brokenRule(`procedure/${path.join('/')} ${rule}`, procedure.code);
  }
}

/** All that keeps a JSON value from being a procedure that can be loaded; its calendar is not looked for. */
export function procedureDefects(value: unknown): readonly Defect[] {
  const whole = wholeProcedure(value);
  const defects = schemaDefects(whole);
  return defects.length > 0 ? defects : [...contradictions(whole as ProcedureVersion)];
}

function brokenRule(rule: string, code = 'one without a code'): FieldInvalid {
  return new FieldInvalid('procedures', `break a rule: ${rule} of ${code}`);
}

/** What no schema can say: a rung's name is the key of its escalation, a code that of a hand-over or a supplement. */
function* contradictions({ serviceLevel, description: described }: ProcedureVersion): Generator<Defect> {
  const { steps, ladder, officeLadders } = serviceLevel;
  for (const name of ['legalLimit', 'onlineLimit', 'appointmentLimit', 'acceptanceLimit'] as const) {
    const limit = serviceLevel[name];
    if (limit?.unit === 'SAME_DAY' && limit.dueBy < limit.cutOff) {
      yield { path: ['serviceLevel', name], rule: 'must not be due before what comes in is cut off' };
    }
  }
  yield* stepsBeyondTheWhole(serviceLevel);
  yield* ladderContradictions(ladder, ['serviceLevel', 'ladder']);
  for (const [index, own] of officeLadders.entries()) {
    yield* ladderContradictions(own.ladder, ['serviceLevel', 'officeLadders', String(index), 'ladder']);
  }
  if (serviceLevel.waits['other-body']?.remind) {
    yield {
      path: ['serviceLevel', 'waits', 'other-body', 'remind'],
      rule: 'must be null: the applicant owes nothing then',
    };
  }
  for (const reason of stopReasons) {
    if (serviceLevel.waits[reason]?.onSilence === (reason === 'other-body' ? 'stop' : 'consent')) {
      yield { path: ['serviceLevel', 'waits', reason, 'onSilence'], rule: silenceRule };
    }
  }
  if (serviceLevel.refundOnWithdrawal === 'full' && serviceLevel.refundLegalBasis === null) {
    yield { path: ['serviceLevel', 'refundLegalBasis'], rule: 'must say what paying back rests on' };
  }
  yield* repeats(
    steps.map(({ code }) => code),
    ['serviceLevel', 'steps'],
    'code',
  );
  yield* repeats(
    (described?.components ?? []).map(({ code }) => code),
    ['description', 'components'],
    'code',
  );
  if (described?.eForm) yield* eFormContradictions(described.eForm, ['description', 'eForm']);
}

const silenceRule = 'must be what the law can make of that silence: an applicant lapses, another body consents';

function* ladderContradictions(ladder: readonly LadderRung[], path: readonly string[]): Generator<Defect> {
  yield* repeats(
    ladder.map(({ name }) => name),
    path,
    'name',
  );
  for (const [index, { name, of, offset }] of ladder.entries()) {
    if (reservedRung.test(name)) {
      yield { path: [...path, String(index), 'name'], rule: `"${name}" is a name that the engine gives` };
    }
    if (of === 'acceptanceDueAt' && offset !== null && 'percent' in offset) {
      yield {
        path: [...path, String(index), 'offset'],
        rule: 'cannot be a share of the acceptance limit; say how long before',
      };
    }
  }
}

function* repeats(names: readonly string[], path: readonly string[], key: string): Generator<Defect> {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) yield { path: [...path, String(index), key], rule: `"${name}" stands twice` };
  }
}

function wholeProcedure(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { serviceLevel, description: described = null } = value as Partial<ProcedureVersion>;
  return {
    state: 'published',
    validFrom: dayOfOlderForm(described),
    ...value,
    ...(isObject(serviceLevel) && { serviceLevel: wholeServiceLevel(serviceLevel) }),
    description: isObject(described) ? wholeDescription(described) : described,
  };
}

/** Until they were rules, every payment asked for stopped the clock, and nothing was said of paying back. */
const olderMoney = { paymentPauses: true, refundOnWithdrawal: 'none', refundLegalBasis: null };
/** The day from which it is in force stood in the description once, for people only. */
function dayOfOlderForm(described: unknown): unknown {
  return isObject(described) && 'validFrom' in described ? described.validFrom : null;
}

function wholeServiceLevel(given: Partial<ServiceLevel>): object {
  const { officeLadders = [], waits: limited = {} } = given;
  const older = { counting: civilCode, onlineLimit: null, supplementMode: 'pause', ...olderMoney };
  return {
    ...older,
    ...given,
    steps: each(given.steps, (step) => ({ role: null, officeRole: null, body: null, level: null, ...step })),
    waits: isObject(limited) ? { supplement: null, payment: null, 'other-body': null, ...limited } : limited,
    ladder: wholeLadder(given.ladder),
    officeLadders: each(officeLadders, (own) => ({
      ...own,
      ladder: wholeLadder((own as Partial<OfficeLadder>).ladder),
    })),
  };
}

/** The older form told at once, at any hour. */
function wholeLadder(given: unknown): unknown {
  return each(given, (rung) => ({ offset: null, hours: 'any', ...rung }));
}

function wholeDescription({ validFrom: _, ...given }: Partial<ProcedureDescription> & { validFrom?: unknown }): object {
  const { names, legalDocuments = [], components = [], checklist = [], result } = given;
  return {
    kind: 'service',
    eForm: null,
    fee: null,
    channels,
    sample: false,
    ...given,
    names: asLocalized(names),
    legalDocuments: each(legalDocuments, (document) => ({ article: null, ...document })),
    components: each(components, withLocalizedName),
    checklist: Array.isArray(checklist) ? checklist.map(asLocalized) : checklist,
    result: isObject(result) ? withLocalizedName(result) : result,
  };
}

function withLocalizedName(named: object): object {
  return { ...named, name: asLocalized((named as { readonly name?: unknown }).name) };
}

/** What is no list, or no object in it, is left for the schema to refuse. */
function each(list: unknown, change: (one: object) => object): unknown {
  return Array.isArray(list) ? list.map((one: unknown) => (isObject(one) ? change(one) : one)) : list;
}
