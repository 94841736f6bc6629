import fc from 'fast-check';
import { randomLives } from '../test/lives';
import { at, calendar, head, lan, Life, minh, procedure } from '../test/office';
import {
  controlSlipOf,
  dossierFrom,
  GiverGone,
  holderOf,
  lifeUntil,
  NoHandOverPending,
  parseOrganisation,
  requireGiverInPost,
  type Act,
} from './index';

const asMinh: Partial<Act> = { actor: minh };
const timekeeping = { procedure, calendar, presentCalendar: calendar, wakeAt: (instant: string) => instant };

/** With Lan until nine, then handed over to Minh, who is to examine it within four working hours. */
function handedOver(step: string | null = 'examine'): Life {
  return Life.received().then(at('Mon', '09:00'), { name: 'hand-over', to: minh, step });
}

describe('a hand-over', () => {
  test('waits for its receiver, who answers for the dossier already', () => {
    const { dossier } = handedOver();

    expect(dossier.pendingHandover).toEqual({ giver: lan, since: at('Mon', '09:00'), stepBefore: null, stepRungs: [] });
    expect(holderOf(dossier)).toMatchObject({ ...minh, from: at('Mon', '09:00') });
  });

  test('accepted, waits no more and changes nothing else', () => {
    const life = handedOver();
    const before = life.dossier;
    life.then(at('Mon', '10:00'), { name: 'accept-hand-over' }, asMinh);

    expect(life.types.at(-1)).toBe('hand-over-accepted');
    expect(life.dossier).toEqual({
      ...before,
      pendingHandover: null,
      lastActAt: at('Mon', '10:00'),
      lastSequence: before.lastSequence + 1,
    });
  });

  test('waits no more whoever recorded that it was accepted', () => {
    const recorder = { officialId: 'kien', postId: 'migrator', officeId: 'elsewhere' };
    const { dossier } = handedOver().then(at('Mon', '10:00'), { name: 'accept-hand-over' }, { actor: recorder });

    expect(dossier.pendingHandover).toBeNull();
    expect(holderOf(dossier)).toMatchObject(minh);
  });

  test('within one official’s posts waits for nobody', () => {
    const other = { officialId: 'lan', postId: 'archive-clerk', officeId: 'desk' };
    const { dossier } = Life.received().then(at('Mon', '09:00'), { name: 'hand-over', to: other, step: null });

    expect(dossier.pendingHandover).toBeNull();
  });

  test.each(['accept-hand-over', 'send-back'] as const)('that was answered cannot be answered again: %s', (name) => {
    const life = handedOver().then(at('Mon', '10:00'), { name: 'accept-hand-over' }, asMinh);
    const again = name === 'send-back' ? ({ name, reasonCode: 'not-ours' } as const) : ({ name } as const);

    expect(() => life.then(at('Mon', '11:00'), again, asMinh)).toThrow(NoHandOverPending);
  });

  test('is settled without a word by whatever the receiver or the receiver’s office does with the dossier', () => {
    const asked = { name: 'request-supplement', reasonCode: 'missing', components: [] } as const;
    for (const actor of [minh, head]) {
      const life = handedOver().then(at('Mon', '10:00'), { ...asked, legalBasis: null, approvedBy: null }, { actor });
      expect(life.dossier.pendingHandover).toBeNull();
    }
  });

  test('stays open whatever the giver does, and while an alert is taken up', () => {
    const life = handedOver()
      .then(at('Mon', '10:00'), { name: 'request-withdrawal' })
      .then(at('Mon', '10:30'), { name: 'decline-withdrawal', reasonCode: 'decided' });
    expect(life.dossier.pendingHandover).not.toBeNull();

    life.ring(at('Tue', '17:00'));
    const [rang] = life.dossier.escalations;
    const { generation, rung } = rang!;
    const plannedAt = at('Wed', '09:00');
    life.then(
      at('Tue', '17:00'),
      { name: 'acknowledge', generation, rung, plannedAt, reasonCode: 'survey' },
      { actor: head },
    );
    expect(life.dossier.pendingHandover).not.toBeNull();
  });

  test('is ended by a reassignment, whoever made it', () => {
    const life = handedOver().then(at('Mon', '10:00'), { name: 'reassign', to: head, reasonCode: 'absent' });

    expect(life.dossier.pendingHandover).toBeNull();
    expect(() => life.then(at('Mon', '11:00'), { name: 'send-back', reasonCode: 'not-ours' })).toThrow(
      NoHandOverPending,
    );
  });
});

describe('sent back', () => {
  test('the giver answers again from that instant; the receiver’s time stays the receiver’s', () => {
    const life = handedOver().then(at('Mon', '10:00'), { name: 'send-back', reasonCode: 'not-ours' }, asMinh);

    expect(life.dossier.responsibility).toEqual([
      { ...lan, from: at('Mon', '08:00'), until: at('Mon', '09:00'), workingMs: 3_600_000 },
      { ...minh, from: at('Mon', '09:00'), until: at('Mon', '10:00'), workingMs: 3_600_000 },
      { ...lan, from: at('Mon', '10:00'), until: null, workingMs: null },
    ]);
    expect(life.dossier).toMatchObject({ pendingHandover: null, step: null, due: { stepDueAt: null } });
  });

  test('the step before is current again with its own start, and its limit ran on', () => {
    const life = handedOver().then(at('Mon', '10:00'), { name: 'accept-hand-over' }, asMinh);
    const examined = life.dossier;
    life
      .then(at('Mon', '11:00'), { name: 'hand-over', to: head, step: 'sign' }, asMinh)
      .then(at('Mon', '11:15'), { name: 'send-back', reasonCode: 'incomplete' }, { actor: head });

    expect(life.dossier.step).toEqual({ code: 'examine', startedAt: at('Mon', '09:00') });
    expect(life.dossier.due).toEqual(examined.due);
    expect(life.dossier.schedule.generation).toBe(examined.schedule.generation + 2);
  });

  test('a rung of that step whose instant came meanwhile falls due with the sending back, and is not lost', () => {
    const life = handedOver()
      .then(at('Mon', '10:00'), { name: 'accept-hand-over' }, asMinh)
      .then(at('Mon', '11:00'), { name: 'hand-over', to: head, step: 'sign' }, asMinh);
    expect(life.ring(at('Mon', '16:00')).types).not.toContain('dossier-escalated');
    life
      .then(at('Mon', '16:30'), { name: 'send-back', reasonCode: 'incomplete' }, { actor: head })
      .ring(at('Mon', '17:00'));

    expect(life.dossier.escalations).toMatchObject([
      { rung: 'step-due', dueAt: at('Mon', '16:30'), responsible: minh },
    ]);
  });

  test('a rung that rang before the hand-over does not ring again', () => {
    const life = handedOver().ring(at('Mon', '16:00'));
    expect(life.dossier.escalations).toHaveLength(1);
    life
      .then(at('Mon', '16:00'), { name: 'hand-over', to: head, step: 'sign' }, asMinh)
      .then(at('Mon', '16:30'), { name: 'send-back', reasonCode: 'incomplete' }, { actor: head })
      .ring(at('Tue', '08:00'));

    expect(life.dossier.escalations).toHaveLength(1);
  });

  test('within a step, or while the clock stands still, no due instant changes', () => {
    const within = handedOver(null).then(at('Mon', '10:00'), { name: 'send-back', reasonCode: 'not-ours' }, asMinh);
    expect(within.facts.at(-1)).toMatchObject({ data: { deadlines: null, to: lan } });

    const still = Life.received()
      .then(at('Mon', '09:00'), { name: 'suspend', reasonCode: 'opinion' })
      .then(at('Mon', '10:00'), { name: 'hand-over', to: minh, step: 'examine' })
      .then(at('Mon', '11:00'), { name: 'send-back', reasonCode: 'not-ours' }, asMinh);
    expect(still.facts.at(-1)).toMatchObject({ data: { deadlines: null } });
    expect(still.dossier.step).toBeNull();
  });

  test('while the clock stands still, what came of the step before rings when it runs again, and once', () => {
    const asHead: Partial<Act> = { actor: head };
    const given = (rings: string) =>
      Life.received()
        .then(at('Mon', '08:00'), { name: 'hand-over', to: minh, step: 'examine' })
        .ring(rings)
        .then(at('Mon', '15:10'), { name: 'hand-over', to: head, step: 'sign' }, asMinh)
        .then(at('Mon', '15:30'), { name: 'suspend', reasonCode: 'opinion' })
        .then(at('Mon', '16:00'), { name: 'send-back', reasonCode: 'not-ours' }, asHead)
        .then(at('Mon', '16:30'), { name: 'resume' }, asMinh)
        .ring(at('Mon', '17:00'));
    const rang = (life: Life) =>
      life.facts.filter((one) => one.type === 'dossier-escalated' && one.data.rung === 'step-due');

    expect(rang(given(at('Mon', '15:00')))).toHaveLength(1);

    const before = Life.received()
      .then(at('Mon', '08:00'), { name: 'hand-over', to: minh, step: 'examine' })
      .then(at('Mon', '10:30'), { name: 'hand-over', to: head, step: 'sign' }, asMinh)
      .then(at('Mon', '15:30'), { name: 'suspend', reasonCode: 'opinion' })
      .then(at('Mon', '16:00'), { name: 'send-back', reasonCode: 'not-ours' }, asHead)
      .then(at('Mon', '16:30'), { name: 'resume' }, asMinh)
      .ring(at('Mon', '17:00'));
    expect(rang(before)).toHaveLength(1);
  });

  test('is refused where the giver has left the post the dossier came from', () => {
    const { dossier } = handedOver();
    const tenure = { ...lan, from: at('Mon', '07:00'), until: at('Mon', '12:00') };
    const office = { id: lan.officeId, name: 'Desk', parentId: null, headPostId: lan.postId };
    const organisation = parseOrganisation({
      offices: [{ ...office, receptionPostId: null, codePrefix: 'H41' }],
      posts: [{ id: lan.postId, officeId: lan.officeId, name: 'Clerk', roles: ['clerk'] }],
      officials: [],
      tenures: [tenure],
      deputies: [],
      absences: [],
      mandates: [],
      fourEyes: [],
    });

    expect(() => requireGiverInPost(dossier, organisation, at('Mon', '11:00'))).not.toThrow();
    expect(() => requireGiverInPost(dossier, organisation, at('Mon', '12:00'))).toThrow(GiverGone);
  });
});

test('in any life a sending back gives the dossier to who had it before the last hand-over, and past intervals stay', () => {
  let sentBack = 0;
  fc.assert(
    fc.property(randomLives(), ({ life: { facts }, now }) => {
      facts.forEach((fact, index) => {
        if (fact.type !== 'hand-over-sent-back') return;
        sentBack += 1;
        const before = dossierFrom(facts.slice(0, index));
        const then = dossierFrom(facts.slice(0, index + 1));
        expect(holderOf(then)).toMatchObject(before.pendingHandover!.giver);
        expect(then.step).toEqual(before.pendingHandover!.stepBefore);
        const past = lifeUntil(facts.slice(0, index), calendar, fact.time);
        const whole = lifeUntil(facts, calendar, now > fact.time ? now : fact.time);
        expect(whole.slice(0, past.length)).toEqual(past);
      });
    }),
    { numRuns: 200 },
  );
  expect(sentBack).toBeGreaterThan(20);
});

describe('the control slip', () => {
  test('has a row for each hand-over: who gave, who got, when, and how the giving unit kept its step', () => {
    const { facts } = handedOver()
      .then(at('Mon', '10:00'), { name: 'accept-hand-over' }, asMinh)
      .then(at('Tue', '09:00'), { name: 'hand-over', to: head, step: 'sign' }, asMinh)
      .then(at('Tue', '10:00'), { name: 'send-back', reasonCode: 'incomplete' }, { actor: head })
      .then(at('Tue', '11:00'), { name: 'hand-over', to: head, step: null }, asMinh);

    expect(controlSlipOf(facts, timekeeping)).toEqual([
      {
        giver: lan,
        receiver: minh,
        step: 'examine',
        givenAt: at('Mon', '09:00'),
        acceptedAt: at('Mon', '10:00'),
        sentBackAt: null,
        outcome: null,
      },
      {
        giver: minh,
        receiver: head,
        step: 'sign',
        givenAt: at('Tue', '09:00'),
        acceptedAt: null,
        sentBackAt: at('Tue', '10:00'),
        outcome: 'late',
      },
      {
        giver: minh,
        receiver: head,
        step: null,
        givenAt: at('Tue', '11:00'),
        acceptedAt: null,
        sentBackAt: null,
        outcome: 'late',
      },
    ]);
  });

  test('takes whoever goes on with a dossier as having accepted it then', () => {
    const { facts } = handedOver().then(at('Mon', '11:00'), { name: 'hand-over', to: head, step: 'sign' }, asMinh);

    expect(controlSlipOf(facts, timekeeping)).toMatchObject([
      { acceptedAt: at('Mon', '11:00') },
      { acceptedAt: null, outcome: 'on-time' },
    ]);
  });

  test('measures a step without the time in which the clock stands still', () => {
    const { facts } = handedOver()
      .then(at('Mon', '10:00'), { name: 'suspend', reasonCode: 'opinion' }, asMinh)
      .then(at('Wed', '10:00'), { name: 'hand-over', to: head, step: null }, asMinh);

    expect(controlSlipOf(facts, timekeeping).at(-1)).toMatchObject({ outcome: 'on-time' });
  });
});
