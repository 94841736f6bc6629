import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { localDate, type Instant } from '#calendar';
import { serviceDataSource } from '#persistence';
import { DeskSettings } from '../desk.settings';

/** Numbers drawn at once: few enough that a stopped process leaves a small gap, enough that desks do not queue for a row. */
const BLOCK = 20;

/** Blocks kept at once, one for each prefix and day; past days are drawn of where the past is recorded. */
const BLOCKS = 1_000;

interface Block {
  readonly next: number;
  readonly end: number;
}

/**
 * Draws dossier codes: `<office prefix>-<yyMMdd>-<NNNN>`, the day in the office's zone, the number from 1 each day and
 * widened, never wrapped, above 9,999. Many instances draw at once, each from a block of its own; gaps stay.
 */
@Injectable()
export class CodeNumbers implements OnModuleInit, OnModuleDestroy {
  private readonly blocks = new Map<string, Promise<Block>>();

  /** A connection of its own: drawing while every pooled one waits for a code would wait for ever. */
  private readonly dataSource: DataSource;

  constructor(settings: DeskSettings) {
    this.dataSource = serviceDataSource({
      url: settings.DATABASE_URL,
      applicationName: 'motcua-desk-codes',
      poolSize: 1,
    });
  }

  async onModuleInit(): Promise<void> {
    await this.dataSource.initialize();
  }

  async onModuleDestroy(): Promise<void> {
    await this.dataSource.destroy();
  }

  /** A code of the day of an instant, that nobody else has or will have. In a transaction of its own: a refused receipt leaves a gap. */
  async draw(prefix: string, timeZone: string, at: Instant): Promise<string> {
    const day = localDate({ timeZone }, at);
    const number = await this.next(prefix, day);
    const yyMMdd = day.slice(2).replaceAll('-', '');
    return `${prefix}-${yyMMdd}-${String(number).padStart(4, '0')}`;
  }

  /** One after another per prefix and day, so that two requests never take the same number of a block. */
  private async next(prefix: string, day: string): Promise<number> {
    const key = `${prefix} ${day}`;
    const before = this.blocks.get(key) ?? Promise.resolve(nothingDrawn);
    const ready = before.catch(() => nothingDrawn).then((block) => this.withNumbers(prefix, day, block));
    const rest = ready.then((block) => ({ ...block, next: block.next + 1 }));
    rest.catch(() => undefined); // Whoever waits for `ready` is told; the next draw begins anew.
    this.blocks.set(key, rest);
    const [oldest] = this.blocks.keys();
    if (this.blocks.size > BLOCKS && oldest !== undefined) this.blocks.delete(oldest);
    return (await ready).next;
  }

  private async withNumbers(prefix: string, day: string, block: Block): Promise<Block> {
    if (block.next < block.end) return block;
    const [row] = await this.dataSource.query<{ drawn: number }[]>(
      `insert into desk.code_counter as c (prefix, day, drawn) values ($1, $2, $3)
       on conflict (prefix, day) do update set drawn = c.drawn + $3 returning drawn`,
      [prefix, day, BLOCK],
    );
    if (!row) throw new Error(`No number could be drawn for ${prefix} on ${day}.`);
    return { next: row.drawn - BLOCK + 1, end: row.drawn + 1 };
  }
}

const nothingDrawn: Block = { next: 0, end: 0 };
