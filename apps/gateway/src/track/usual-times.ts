import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '#contracts';
import type { ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';
import type { UsualTime } from './look-ups';
import type { UsualTimesQuery } from './track.dto';
import type { UsualTimesAsked } from './track-pages';

type Choices = Pick<UsualTimesAsked, 'offices' | 'procedures' | 'workingHoursPerDay'>;

/** Offices and procedures change by the day, and anybody may ask for them. */
const rememberedMs = 10 * 60_000;

/** Asks `desk` what usually takes how long. */
@Injectable()
export class UsualTimes {
  private readonly known = new Map<Language, { readonly choices: Promise<Choices>; readonly untilMs: number }>();

  constructor(@Inject(DESK_FETCH) private readonly desk: ServiceFetch) {}

  /** What can be chosen, and the answer to what was. @throws RemoteRefusal when `desk` does not answer */
  async ask({ office, procedure }: UsualTimesQuery, language: Language): Promise<UsualTimesAsked> {
    const choices = await this.choices(language);
    const officeId = choices.offices.find(({ id }) => id === office)?.id ?? '';
    const procedureCode = choices.procedures.find(({ code }) => code === procedure)?.code ?? '';
    const isAsked = officeId !== '' && procedureCode !== '';
    const usual = isAsked ? await this.usual(officeId, procedureCode) : null;
    return { ...choices, officeId, procedureCode, usual };
  }

  private async usual(officeId: string, procedureCode: string): Promise<UsualTime> {
    const query = new URLSearchParams({ officeId, procedureCode });
    return (await this.desk<UsualTime>({ method: 'GET', path: `/usual-times?${query.toString()}` })).body;
  }

  private async choices(language: Language): Promise<Choices> {
    const before = this.known.get(language);
    if (before && performance.now() < before.untilMs) return before.choices;
    const choices = this.desk<Choices>({ method: 'GET', path: `/usual-times/choices?language=${language}` }).then(
      ({ body }) => body,
    );
    this.known.set(language, { choices, untilMs: performance.now() + rememberedMs });
    choices.catch(() => this.known.delete(language));
    return choices;
  }
}
