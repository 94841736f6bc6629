import { serviceFetch, serviceTokens, type ServiceFetch } from '#platform';
import type { Provider } from '@nestjs/common';
import { GatewaySettings } from '../gateway.settings';

/** `desk` over HTTP, as this service unless a call brings a person's token. */
export const DESK_FETCH = Symbol('DESK_FETCH');

const timeoutMs = 10_000;

export const deskFetchProvider: Provider = {
  provide: DESK_FETCH,
  inject: [GatewaySettings],
  useFactory: ({ DESK_URL, SERVICE_KEY_FILE }: GatewaySettings): ServiceFetch =>
    serviceFetch({ baseUrl: DESK_URL, token: serviceTokens(SERVICE_KEY_FILE, 'desk'), timeoutMs }),
};
