/** How much is measured. Everything else is the same in a quick run and in a whole one. */
export interface Sizes {
  /** Ours and the reference take turns, so that what the machine does besides meets both. */
  readonly rounds: number;
  readonly warmUpLives: number;
  readonly ratePerSecond: number;
  readonly rateSeconds: number;
  readonly mostSeconds: number;
  readonly lives: number;
  readonly timers: { readonly perSecond: number; readonly count: number; readonly atOnce: number };
  readonly openForBytes: number;
  /** (f) The numbers of open dossiers beside which rates are taken, and how many receipts are timed there. */
  readonly open: readonly number[];
  readonly receipts: number;
  /** Entries at least that the relay catches up with. */
  readonly relayed: number;
  /** Dossiers in the queue, few beside many; keys pressed in it; intakes typed. */
  readonly console: { readonly few: number; readonly many: number; readonly presses: number; readonly intakes: number };
  readonly peak: { readonly dossiersPerSecond: number; readonly seconds: number };
}

export const sizes = {
  quick: {
    rounds: 1,
    warmUpLives: 3,
    ratePerSecond: 20,
    rateSeconds: 2,
    mostSeconds: 1,
    lives: 10,
    timers: { perSecond: 5, count: 10, atOnce: 20 },
    openForBytes: 50,
    open: [100, 250],
    receipts: 50,
    relayed: 200,
    console: { few: 50, many: 250, presses: 16, intakes: 1 },
    peak: { dossiersPerSecond: 2, seconds: 5 },
  },
  whole: {
    rounds: 3,
    warmUpLives: 100,
    ratePerSecond: 50,
    rateSeconds: 8,
    mostSeconds: 4,
    lives: 300,
    timers: { perSecond: 25, count: 1_500, atOnce: 2_000 },
    openForBytes: 500,
    open: [1_000, 10_000],
    receipts: 400,
    relayed: 2_000,
    console: { few: 100, many: 10_000, presses: 400, intakes: 3 },
    peak: { dossiersPerSecond: 10, seconds: 300 },
  },
} as const satisfies Record<string, Sizes>;
