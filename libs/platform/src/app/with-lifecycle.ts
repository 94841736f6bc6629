import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';

/** When a thing that knows no Nest begins and ends with the service. */
interface Lifecycle {
  /** Called when the service has started; not awaited, so that it is ready also while what is outside is not. */
  readonly start: () => void;
  /** Called before the service ends, and awaited. */
  readonly stop: () => Promise<void>;
}

/** Lets what a provider makes begin and end with the service. */
export function withLifecycle<Provided extends object>(provided: Provided, { start, stop }: Lifecycle): Provided {
  const hooks: OnApplicationBootstrap & BeforeApplicationShutdown = {
    onApplicationBootstrap: start,
    beforeApplicationShutdown: stop,
  };
  return Object.assign(provided, hooks);
}
