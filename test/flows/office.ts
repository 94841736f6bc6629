import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { issueToken, startStack, type Stack } from '#local';
import { kafkaPublisher, topics } from '#messaging';
import type { NewTimeMap } from '#persistence';
import { createLogger, serviceFetch } from '#platform';
import { eventually, ordinaryMorning } from '#testing';
import { dossierWorkflowId, type DossierSummary } from '#workflows';
import { asOwner, holderNamed } from '../../apps/cli/src/stack-access';
import { demoContent, loadContent } from '../../apps/cli/src/start/content';
import { journalledEvents } from '../../apps/cli/src/verify/gather';

/** A whole stack of its own on free ports, with the demo office at work; real servers, real processes. */
export class Office {
  private constructor(
    readonly stack: Stack,
    private readonly temporal: TemporalClient,
  ) {}

  static async open(timeMap: NewTimeMap = ordinaryMorning): Promise<Office> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'motcua-flow-'));
    const stack = await startStack({ dataFolder, ports: 'free', report: () => undefined, timeMap });
    await loadContent(stack, demoContent());
    const connection = await Connection.connect({ address: stack.temporal.address });
    return new Office(stack, new TemporalClient({ connection, namespace: stack.temporal.namespace }));
  }

  async close(): Promise<void> {
    await this.temporal.connection.close();
    await this.stack.stop();
    rmSync(this.stack.dataFolder, { recursive: true, force: true });
  }

  /** A call as an official; waits while the service is away, as people's programs do. */
  async as(
    officialId: string,
    service: 'desk' | 'oversight',
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const holder = await holderNamed(this.stack, officialId);
    const call = serviceFetch({
      baseUrl: this.stack.services[service],
      timeoutMs: 10_000,
      token: () => issueToken(this.stack.keys, holder),
    });
    const key: Record<string, string> = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call<any>({ method, path, body, headers: { ...key, ...headers } });
      } catch (error) {
        if ((error as { kind?: string }).kind !== 'unavailable' || attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /** Received by Lan at the counter. */
  async receive(procedureCode = '1.001193'): Promise<{ dossierId: string; code: string }> {
    const applicant = { name: 'Nguyễn Văn An', phone: '0912000011' };
    const { body } = await this.as('lan', 'desk', 'POST', '/dossiers', { procedureCode, channel: 'desk', applicant });
    return body as { dossierId: string; code: string };
  }

  /** One command, on the version that holds now. */
  async command(officialId: string, dossierId: string, name: string, body: object = {}): Promise<void> {
    const { headers } = await this.as(officialId, 'desk', 'GET', `/dossiers/${dossierId}`);
    await this.as(officialId, 'desk', 'POST', `/dossiers/${dossierId}/${name}`, body, {
      'if-match': headers.get('etag') ?? '',
    });
  }

  /** From the counter to the applicant's hand, through the civil status section. */
  async settle(dossierId: string): Promise<void> {
    await this.command('lan', dossierId, 'hand-over', { to: { officialId: 'tuan', postId: 'do-luong-civil-officer' } });
    await this.command('tuan', dossierId, 'mark-processed', { result: 'granted' });
    await this.command('lan', dossierId, 'return', { to: 'applicant', proof: 'signature' });
  }

  /** Tells everybody something under a dossier's name, as a broken program might. */
  async publish(dossierId: string, value: string): Promise<void> {
    const log = createLogger({ name: 'flow', level: 'silent' });
    const publisher = kafkaPublisher({ brokers: [...this.stack.brokers], clientId: 'motcua-flow', log });
    await publisher.publish(topics.dossier, [{ key: dossierId, value }]);
    await publisher.close();
  }

  async dossier(dossierId: string): Promise<any> {
    return (await this.as('thu', 'desk', 'GET', `/dossiers/${dossierId}`)).body;
  }

  /** What the dossier's workflow came to; waits until it was started and has completed. */
  async summary(dossierId: string): Promise<DossierSummary> {
    const handle = this.temporal.workflow.getHandle(dossierWorkflowId(dossierId));
    return eventually(async () => (await handle.result()) as DossierSummary, { timeoutMs: 120_000 });
  }

  /** For how long, in real time, the slowest of the dossier's recorded rungs waited for its entry. */
  async longestWaitMs(dossierId: string): Promise<number> {
    const history = (await journalledEvents(this.stack)).get(dossierId) ?? [];
    const wakes = new Map<string, number>();
    const waits = history.map(({ data, recordedat }) => {
      if ('deadlines' in data && data.deadlines)
        for (const { name, wakeAt } of data.deadlines.schedule.rungs) wakes.set(name, Date.parse(wakeAt));
      return 'rung' in data ? Date.parse(recordedat) - (wakes.get(data.rung) ?? 0) : 0;
    });
    return Math.max(...waits);
  }

  /** How many entries the journal holds. */
  async entryCount(): Promise<number> {
    return asOwner(this.stack, async (client) => {
      const { rows } = await client.query<{ entries: string }>('select count(*) as entries from desk.journal');
      return Number(rows[0]?.entries);
    });
  }

  async workflowStatus(dossierId: string): Promise<string> {
    return (await this.temporal.workflow.getHandle(dossierWorkflowId(dossierId)).describe()).status.name;
  }
}
