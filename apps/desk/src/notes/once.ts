import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AnswerBook, type Answer } from '../command/answer-book';
import type { CommandRequest } from '../command/request';

/** Does what moves no dossier on, once for each Idempotency-Key, in one transaction. */
@Injectable()
export class Once {
  constructor(
    private readonly dataSource: DataSource,
    private readonly answers: AnswerBook,
  ) {}

  /** What `act` answers is kept: nothing personal. A repeat gets the same and does nothing. */
  async do(request: CommandRequest, act: (manager: EntityManager) => Promise<object>): Promise<Answer> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const repeated = await this.answers.find(manager, request);
        if (repeated) return repeated;
        const answer = { status: 201, etag: null, location: null, body: JSON.stringify(await act(manager)) };
        await this.answers.keep(manager, request, answer);
        return answer;
      });
    } catch (error) {
      const answered = await this.answers.givenMeanwhile(this.dataSource.manager, request, error);
      if (answered) return answered;
      throw error;
    }
  }
}
