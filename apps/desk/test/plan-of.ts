import { DataSource, EntityManager } from 'typeorm';
import { beginRequest, seeFromNowOn, sightNow, type Sight } from '#persistence';
import type { DeskAtWork } from './desk-at-work';

type Ask = (this: EntityManager, sql: string, parameters: unknown[]) => Promise<unknown>;

/**
 * How PostgreSQL would carry out a question that a desk asks while it works: as the desk's role, behind the wall of whoever asked,
 * and with no table read whole where any other way is open to it.
 */
export async function planOf(desk: DeskAtWork, question: RegExp, work: () => Promise<unknown>): Promise<string> {
  const asked: { sql: string; parameters: unknown[]; sight: Sight }[] = [];
  const ask = Reflect.get(EntityManager.prototype, 'query') as Ask;
  const heard = jest.spyOn(EntityManager.prototype, 'query').mockImplementation(function (
    this: EntityManager,
    sql: string,
    parameters: unknown[] = [],
  ) {
    if (question.test(sql)) asked.push({ sql, parameters, sight: sightNow() });
    return ask.call(this, sql, parameters);
  } as never);
  await work().finally(() => heard.mockRestore());
  const [one] = asked;
  if (!one) throw new Error('The desk asked nothing of that kind.');
  return beginRequest(async () => {
    seeFromNowOn(one.sight);
    return desk.app.get(DataSource).transaction(async (manager) => {
      for (const wholeTables of ['seqscan', 'hashjoin', 'mergejoin']) {
        await manager.query(`set local enable_${wholeTables} = off`);
      }
      const lines = await manager.query<Record<string, string>[]>(`explain ${one.sql}`, one.parameters);
      return lines.flatMap(Object.values).join('\n');
    });
  });
}
