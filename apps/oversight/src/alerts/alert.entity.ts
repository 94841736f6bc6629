import { Column, Entity, JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { DueInstantName, Recorder } from '#contracts';
import { DeliveryEntity } from '../mail/delivery.entity';
import { DossierEntity } from './dossier.entity';

/**
 * - `open`: nobody has taken it up.
 * - `acknowledged`: somebody has, with a planned date.
 * - `withdrawn`: it does not stand; a mail may be out all the same.
 * - `ended`: the dossier has ended.
 */
export const alertStates = ['open', 'acknowledged', 'withdrawn', 'ended'] as const;
export type AlertState = (typeof alertStates)[number];

/** One recorded escalation, as it is shown to the person told. */
@Entity({ schema: 'oversight', name: 'alert' })
export class AlertEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  seq: string;

  @Column('uuid', { name: 'dossier_id' })
  dossierId: string;

  @Column('integer')
  generation: number;

  @Column('text')
  rung: string;

  @Column('text', { name: 'message_id' })
  messageId: string;

  @Column('text')
  of: DueInstantName;

  /** The rung's instant, mapped time. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;

  /** The due instant the rung hangs on, mapped time; null if the schedule it belongs to is no longer in force. */
  @Column('timestamptz', { name: 'of_due_at', nullable: true })
  ofDueAt: Date | null;

  /** Real time. */
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;

  @Column('text', { name: 'recorded_by' })
  recordedBy: Recorder;

  @Column('text', { name: 'responsible_official_id' })
  responsibleOfficialId: string;

  @Column('text', { name: 'responsible_post_id' })
  responsiblePostId: string;

  @Column('text', { name: 'responsible_office_id' })
  responsibleOfficeId: string;

  /** Null where the post was vacant: then the post is told. */
  @Column('text', { name: 'addressee_official_id', nullable: true })
  addresseeOfficialId: string | null;

  @Column('text', { name: 'addressee_post_id' })
  addresseePostId: string;

  @Column('text', { name: 'addressee_office_id' })
  addresseeOfficeId: string;

  @Column('text')
  state: AlertState;

  /** Mapped time. */
  @Column('timestamptz', { name: 'planned_at', nullable: true })
  plannedAt: Date | null;

  @Column('text', { name: 'acknowledged_by', nullable: true })
  acknowledgedBy: string | null;

  /** Moves with every change of the row; the order in which changes are told. */
  @Column('bigint', { name: 'updated_seq' })
  updatedSeq: string;

  @ManyToOne(() => DossierEntity)
  @JoinColumn({ name: 'dossier_id' })
  dossier: DossierEntity;

  @OneToOne(() => DeliveryEntity)
  @JoinColumn({ name: 'message_id' })
  delivery: DeliveryEntity;
}
