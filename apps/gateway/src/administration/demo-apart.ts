import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StartRefused } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { Accounts } from '../provider/accounts';

/** Thrown when a demo's accounts and real ones would come together. */
export class DemoMixed extends StartRefused {
  readonly code = 'DEMO_MIXED';
}

/** A password that everybody knows and data that somebody means to keep never live together. */
@Injectable()
export class DemoApart implements OnModuleInit {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly accounts: Accounts,
  ) {}

  /** @throws DemoMixed: the gateway does not start */
  async onModuleInit(): Promise<void> {
    const { demo, others } = await this.accounts.counts();
    if (this.settings.DEMO && this.settings.OIDC_ISSUER !== undefined) {
      throw new DemoMixed(
        'People of a provider of your own (OIDC_ISSUER) are real; a demo (DEMO=true) has its own accounts.',
      );
    }
    if (this.settings.DEMO && others > 0) {
      throw new DemoMixed('This database has accounts that are no demo’s; a demo (DEMO=true) needs one of its own.');
    }
    if (!this.settings.DEMO && demo > 0) {
      throw new DemoMixed(
        'This database was made for a demo: it has accounts whose password everybody knows. Start it as a demo ' +
          '("npm start -- --demo", DEMO=true), or begin anew ("npm start -- --fresh").',
      );
    }
  }
}
