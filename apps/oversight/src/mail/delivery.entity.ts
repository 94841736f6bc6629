import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * - `pending`: to be tried at `nextAttemptAt`.
 * - `not-sent`: never will be; `lastError` says why.
 * - `sent`: the mail server accepted it.
 * - `failed`: a day's attempts were in vain.
 */
export const deliveryStates = ['pending', 'not-sent', 'sent', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One mail of the delivery log. All instants are real time. The address itself is kept nowhere. */
@Entity({ schema: 'oversight', name: 'delivery' })
export class DeliveryEntity {
  @PrimaryColumn('text', { name: 'message_id' })
  messageId: string;

  /** Null where the post was vacant. */
  @Column('text', { name: 'addressee_official_id', nullable: true })
  addresseeOfficialId: string | null;

  @Column('text', { name: 'addressee_post_id' })
  addresseePostId: string;

  @Column('text', { name: 'addressee_office_id' })
  addresseeOfficeId: string;

  @Column('text')
  state: DeliveryState;

  @Column('integer')
  attempts: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  /** The Message-ID of the one mail that tells this alert and others; null for a mail of its own. */
  @Column('text', { name: 'sent_with', nullable: true })
  sentWith: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'next_attempt_at' })
  nextAttemptAt: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt: Date | null;
}
