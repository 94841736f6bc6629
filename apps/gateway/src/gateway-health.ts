import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthChecks, type Progress } from '#platform';

/** How the `gateway` is: its database. What it carries to others is theirs to say. */
@Injectable()
export class GatewayHealth extends HealthChecks {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override needs() {
    return { database: () => this.dataSource.query('select 1') };
  }

  override caughtUp(): Promise<Record<string, Progress>> {
    return Promise.resolve({});
  }
}
