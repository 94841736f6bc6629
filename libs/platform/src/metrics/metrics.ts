import type { Request, RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Progress } from '../app/health';
import { checkMetrics } from './check-metrics';

/** The start of every name. */
const PREFIX = 'motcua_';

/** A histogram that is brought up to date when somebody looks. */
export interface LateHistogram<Label extends string> {
  readonly name: `${typeof PREFIX}${string}_seconds`;
  readonly help: string;
  readonly label: Label;
  readonly buckets: readonly number[];
  /** What happened since the last look, each in seconds with the value of the label. */
  readonly sinceLastLook: () => Promise<readonly { readonly label: string; readonly seconds: number }[]>;
}

/**
 * The figures of one process, as Prometheus reads them; `createApp` makes one for each service, which injects it to add its
 * own. No label holds an id, or anything else of which there may be any number.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly checkGauges = new Map<string, Gauge>();
  private readonly checkOk: Gauge<'check'>;
  private readonly readyGauge: Gauge;
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly late: (() => Promise<void>)[] = [];

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
    this.readyGauge = this.gauge('ready', 'Whether everything is there that the service cannot work without.');
    this.checkOk = new Gauge({
      name: `${PREFIX}check_ok`,
      help: 'Whether a check of /health/caught-up holds.',
      labelNames: ['check'],
      registers: [this.registry],
    });
    this.requests = new Histogram({
      name: `${PREFIX}http_request_duration_seconds`,
      help: 'From a request to the end of its answer, by the route as it is declared.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
  }

  /** Measures every request that passes through it. */
  readonly measureRequests: RequestHandler = (request, response, next) => {
    const stop = this.requests.startTimer();
    response.once('close', () => {
      stop({ method: request.method, route: routeOf(request), status: String(response.statusCode) });
    });
    next();
  };

  /** Adds a figure that only grows, asked when somebody looks; `name` ends in `_total`. */
  addCounter(name: `${typeof PREFIX}${string}_total`, help: string, count: () => number): void {
    const counter = new Counter({ name, help, registers: [this.registry] });
    this.late.push(() => {
      counter.reset();
      counter.inc(count());
      return Promise.resolve();
    });
  }

  /** Adds a figure that goes up and down, asked when somebody looks. */
  addGauge(name: `${typeof PREFIX}${string}`, help: string, value: () => Promise<number>): void {
    const gauge = new Gauge({ name, help, registers: [this.registry] });
    this.late.push(async () => {
      gauge.set(await value());
    });
  }

  /** Adds a histogram. */
  addHistogram<Label extends string>({ name, help, label, buckets, sinceLastLook }: LateHistogram<Label>): void {
    const histogram = new Histogram({
      name,
      help,
      labelNames: [label],
      buckets: [...buckets],
      registers: [this.registry],
    });
    this.late.push(async () => {
      for (const { label: value, seconds } of await sinceLastLook()) {
        histogram.observe({ [label]: value } as Record<Label, string>, seconds);
      }
    });
  }

  /** What a look at the service's health found; null where looking failed. */
  showHealth(isReady: boolean, checks: Readonly<Record<string, Progress>> | null): void {
    this.readyGauge.set(isReady ? 1 : 0);
    this.checkOk.reset();
    for (const gauge of this.checkGauges.values()) gauge.remove();
    for (const [check, { ok, lag }] of Object.entries(checks ?? {})) {
      this.checkOk.set({ check }, ok ? 1 : 0);
      this.showLag(check, lag);
    }
  }

  /** Brings the service's own figures up to date. Throws what asking for them throws. */
  async lookAgain(): Promise<void> {
    for (const one of this.late) await one();
  }

  /** In Prometheus' own text form. */
  async text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private showLag(check: string, lag: number | null): void {
    const metric = checkMetrics[check];
    if (!metric || lag === null) return;
    const gauge = this.checkGauges.get(check) ?? new Gauge({ ...metric, registers: [this.registry] });
    this.checkGauges.set(check, gauge);
    gauge.set(lag);
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `${PREFIX}${name}`, help, registers: [this.registry] });
  }
}

/** As it is declared (`/dossiers/:dossierId`): what people ask for holds ids. */
function routeOf({ route }: Request): string {
  const path = (route as { readonly path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'none';
}
