import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { StartRefused } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { nonceOf } from './headers';

/** Thrown when the console's page is not where it should be. */
export class ConsoleNotBuilt extends StartRefused {
  readonly code = 'CONSOLE_NOT_BUILT';

  constructor(readonly folder: string) {
    super(`There is no console in ${folder} (CONSOLE_FOLDER). "npm run build" makes it.`);
  }
}

const NONCE = '__CSP_NONCE__';
/** What the server answers itself; every other address is a page of the console, which knows its own. */
const serversOwn = /^\/(api|oidc|sign-in|sign-out|track|health|metrics|assets)(\/|$)/;

/** The console: one page for every address of its own, with what it loads. */
@Injectable()
export class ConsoleFiles {
  private readonly index: string;

  constructor(private readonly settings: GatewaySettings) {
    const path = join(settings.CONSOLE_FOLDER, 'index.html');
    if (!existsSync(path)) throw new ConsoleNotBuilt(settings.CONSOLE_FOLDER);
    this.index = readFileSync(path, 'utf8');
  }

  mountOn(app: NestExpressApplication): void {
    app.useStaticAssets(join(this.settings.CONSOLE_FOLDER, 'assets'), {
      prefix: '/assets',
      index: false,
      // Their names hold the hash of what is in them.
      setHeaders: (response: { setHeader(name: string, value: string): unknown }) =>
        response.setHeader('cache-control', 'public, max-age=31536000, immutable'),
    });
    app.use(this.page);
  }

  private readonly page: RequestHandler = (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !serversOwn.test(request.path);
    if (!isPage) next();
    else response.type('html').send(this.index.replaceAll(NONCE, nonceOf(response)));
  };
}
