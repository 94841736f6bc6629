import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { DataSource } from 'typeorm';

/** Where the embedded provider keeps what lives between two requests; one for each of its models. */
export class OidcStore implements Adapter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly model: string,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresInS?: number): Promise<void> {
    await this.dataSource.query(
      `insert into gateway.oidc (model, id, payload, grant_id, uid, expires_at)
       values ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))
       on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
         expires_at = excluded.expires_at`,
      [this.model, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, expiresInS ?? null],
    );
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.one('id', id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.one('uid', uid);
  }

  /** Codes for devices without a keyboard are not offered. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** The row stays, so that a code that comes a second time is known for what it is. */
  async consume(id: string): Promise<void> {
    await this.dataSource.query(
      'update gateway.oidc set consumed_at = clock_timestamp() where model = $1 and id = $2',
      [this.model, id],
    );
  }

  async destroy(id: string): Promise<void> {
    await this.dataSource.query('delete from gateway.oidc where model = $1 and id = $2', [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.dataSource.query('delete from gateway.oidc where model = $1 and grant_id = $2', [this.model, grantId]);
  }

  private async one(column: 'id' | 'uid', value: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.dataSource.query<{ payload: AdapterPayload; consumed: number | null }[]>(
      `select payload, extract(epoch from consumed_at)::integer as consumed from gateway.oidc
       where model = $1 and ${column} = $2 and (expires_at is null or expires_at > clock_timestamp())`,
      [this.model, value],
    );
    return row && { ...row.payload, ...(row.consumed !== null && { consumed: row.consumed }) };
  }
}
