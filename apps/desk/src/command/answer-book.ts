import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { isDuplicateIn } from '#platform';
import { IdempotencyKeyReused, type CommandRequest } from './request';

/** What a command was answered with. */
export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly location: string | null;
  /** JSON text, kept as it was sent. */
  readonly body: string;
  /** Present where it was given before, and nothing was done now. */
  readonly repeated?: boolean;
}

/** The one answer of each Idempotency-Key, kept in the transaction of its command. */
@Injectable()
export class AnswerBook {
  /** The answer this key was given before, or null. @throws IdempotencyKeyReused when it was for another request */
  async find(manager: EntityManager, { key, requestHash }: CommandRequest): Promise<Answer | null> {
    const [kept] = await manager.query<(Answer & { request_hash: string })[]>(
      'select request_hash, status, etag, location, body from desk.answer where key = $1',
      [key],
    );
    if (!kept) return null;
    if (kept.request_hash !== requestHash) throw new IdempotencyKeyReused(key);
    return { status: kept.status, etag: kept.etag, location: kept.location, body: kept.body, repeated: true };
  }

  /**
   * After a failure: of two repeats at once the later one waited for the earlier one's key, and is given its answer. Null where
   * the failure was another.
   */
  async givenMeanwhile(manager: EntityManager, request: CommandRequest, error: unknown): Promise<Answer | null> {
    return isDuplicateIn(error, 'answer_pkey') ? this.find(manager, request) : null;
  }

  async keep(manager: EntityManager, { key, requestHash }: CommandRequest, answer: Answer): Promise<void> {
    await manager.query(
      'insert into desk.answer (key, request_hash, status, etag, location, body) values ($1, $2, $3, $4, $5, $6)',
      [key, requestHash, answer.status, answer.etag, answer.location, answer.body],
    );
  }
}

/** Sends an answer, which was written as this form; one that was given before says so in a header. */
export function sent<Form>(response: Response, { status, etag, location, body, repeated = false }: Answer): Form {
  response.status(status);
  if (repeated) response.setHeader('idempotent-replayed', 'true');
  if (etag !== null) response.setHeader('etag', etag);
  if (location !== null) response.setHeader('location', location);
  return JSON.parse(body) as Form;
}
