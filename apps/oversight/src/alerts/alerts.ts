import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Brackets, type DataSource, type SelectQueryBuilder } from 'typeorm';
import { AlertEntity, type AlertState } from './alert.entity';

/** Whose alerts: those told to the official (null: to nobody by name), and those told to the posts, whoever acted in them then. */
export interface Addressed {
  readonly officialId: string | null;
  readonly posts: readonly string[];
}

/** Reads alerts, always those of one reader only. */
@Injectable()
export class Alerts {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** In the order of their instants, earliest first; `after` is the `seq` of the last one already read. */
  async page(
    whose: Addressed,
    { state, after, limit }: { state: AlertState; after: string | null; limit: number },
  ): Promise<readonly AlertEntity[]> {
    const query = this.toldTo(whose).andWhere('alert.state = :state', { state });
    if (after !== null) {
      query.andWhere('(alert.due_at, alert.seq) > (select due_at, seq from oversight.alert where seq = :after)', {
        after,
      });
    }
    return query.orderBy('alert.dueAt').addOrderBy('alert.seq').limit(limit).getMany();
  }

  /** What changed after `position`, in the order it changed. */
  async updatedAfter(whose: Addressed, position: string, limit: number): Promise<readonly AlertEntity[]> {
    return this.toldTo(whose)
      .andWhere('alert.updated_seq > :position', { position })
      .orderBy('alert.updatedSeq')
      .limit(limit)
      .getMany();
  }

  /** The open ones whose last change lies after `after` and not behind `upTo`, in the order they changed. */
  async openUpdatedBetween(
    whose: Addressed,
    { after, upTo, limit }: { after: string; upTo: string; limit: number },
  ): Promise<readonly AlertEntity[]> {
    return this.toldTo(whose)
      .andWhere('alert.state = :state', { state: 'open' })
      .andWhere('alert.updated_seq > :after and alert.updated_seq <= :upTo', { after, upTo })
      .orderBy('alert.updatedSeq')
      .limit(limit)
      .getMany();
  }

  /** Up to where changes have been made by now, by any process; `0` when there was none. */
  async position(): Promise<string> {
    const rows = await this.dataSource.query<{ position: string }[]>(
      'select coalesce(max(updated_seq), 0) as position from oversight.alert',
    );
    return rows[0]?.position ?? '0';
  }

  private toldTo({ officialId, posts }: Addressed): SelectQueryBuilder<AlertEntity> {
    return this.dataSource
      .createQueryBuilder(AlertEntity, 'alert')
      .innerJoinAndSelect('alert.dossier', 'dossier')
      .innerJoinAndSelect('alert.delivery', 'delivery')
      .where(
        new Brackets((either) => {
          either
            .where('alert.addressee_official_id = :officialId', { officialId })
            .orWhere('alert.addressee_post_id = any(:posts)', { posts });
        }),
      );
  }
}
