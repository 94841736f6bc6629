import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { LOGGER } from '#platform';
import { DossierStore } from './dossier-store';

/**
 * Before this desk serves, every dossier whose stored state an older build wrote is what its entries add up to by this one. A
 * few thousand a second; without such rows it is one look. While it runs, a desk of the older build must not.
 */
@Injectable()
export class RebuildDossiers implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: DossierStore,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    let pages = 0;
    let last: string | null = '00000000-0000-0000-0000-000000000000';
    while (last !== null) {
      const before: string = last;
      last = await seeingEverything(() =>
        this.dataSource.transaction((manager) => this.store.rebuildPage(manager, before)),
      );
      if (last !== null) pages += 1;
      if (pages > 0 && pages % 50 === 0)
        this.log.info({ pages, last }, 'dossiers are being rebuilt from their entries');
    }
    if (pages > 0) this.log.info({ pages }, 'dossiers of an older build were rebuilt from their entries');
  }
}
