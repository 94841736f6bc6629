import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `oversight`: alerts and their deliveries. All but the delivery log can be rebuilt from desk's feed; emptied and started
 * again, no mail goes out twice, because a delivery is keyed by the mail's Message-ID.
 */
export class Oversight1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(alerts);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema oversight cascade');
  }
}

const alerts = `
CREATE SCHEMA oversight;

-- What alerts need to know of each dossier.
CREATE TABLE oversight.dossier (
  dossier_id     uuid        PRIMARY KEY,
  -- Null until an online submission is accepted.
  code           text,
  procedure_code text        NOT NULL,
  -- The schedule now in force, and its due instants by name (acceptanceDueAt, stepDueAt, appointmentAt, legalDueAt).
  generation     integer     NOT NULL,
  due            jsonb       NOT NULL,
  status         text        NOT NULL CHECK (status IN ('open', 'ended')),
  ended_at       timestamptz
);

-- Order in which changes of alerts are told. Drawn only while holding the advisory lock of \`alerts.ts\`, to the end of the
-- transaction, so that a lower number is never committed after a higher one and "updated_seq > n" never skips a row.
CREATE SEQUENCE oversight.alert_update;

-- One recorded escalation, as it is shown to the person told. A rung recorded again after \`holder-changed\` may have
-- another addressee: it is a row of its own, and the withdrawn one stays with whom it was told to.
CREATE TABLE oversight.alert (
  seq                     bigserial   PRIMARY KEY,
  dossier_id              uuid        NOT NULL,
  generation              integer     NOT NULL,
  rung                    text        NOT NULL,
  -- \`<dossierId>.<generation>.<rung>@motcua\`, and \`….<rung>.2@motcua\` for one recorded again: made from events alone.
  message_id              text        NOT NULL UNIQUE,
  "of"                    text        NOT NULL,
  -- The rung's instant (the event's time), and the due instant it hangs on; the latter null if that schedule is unknown.
  due_at                  timestamptz NOT NULL,
  of_due_at               timestamptz,
  recorded_at             timestamptz NOT NULL,
  recorded_by             text        NOT NULL CHECK (recorded_by IN ('clock', 'command', 'watchdog')),
  responsible_official_id text        NOT NULL,
  responsible_post_id     text        NOT NULL,
  responsible_office_id   text        NOT NULL,
  -- Null where the post was vacant: then the post is told.
  addressee_official_id   text,
  addressee_post_id       text        NOT NULL,
  addressee_office_id     text        NOT NULL,
  state                   text        NOT NULL CHECK (state IN ('open', 'acknowledged', 'withdrawn', 'ended')),
  planned_at              timestamptz,
  acknowledged_by         text,
  updated_seq             bigint      NOT NULL UNIQUE
);

-- As in the contract: unique by (dossier, generation, rung) among those not withdrawn.
CREATE UNIQUE INDEX alert_standing ON oversight.alert (dossier_id, generation, rung) WHERE state <> 'withdrawn';
-- Lists (earliest due first) and live streams, each by official and by post.
CREATE INDEX alert_of_official ON oversight.alert (addressee_official_id, state, due_at, seq);
CREATE INDEX alert_of_post ON oversight.alert (addressee_post_id, state, due_at, seq);
CREATE INDEX alert_updated_for_official ON oversight.alert (addressee_official_id, updated_seq);
CREATE INDEX alert_updated_for_post ON oversight.alert (addressee_post_id, updated_seq);

-- The log of mails, one row per alert; not rebuildable. Real time throughout. No address is stored.
CREATE TABLE oversight.delivery (
  message_id            text        PRIMARY KEY,
  addressee_official_id text,
  addressee_post_id     text        NOT NULL,
  addressee_office_id   text        NOT NULL,
  -- pending: due at next_attempt_at. not-sent: never will be, last_error says why. failed: a day's attempts were in vain.
  state                 text        NOT NULL CHECK (state IN ('pending', 'not-sent', 'sent', 'failed')),
  attempts              integer     NOT NULL DEFAULT 0,
  last_error            text,
  created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  next_attempt_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at               timestamptz
);

CREATE INDEX delivery_pending ON oversight.delivery (next_attempt_at) WHERE state = 'pending';
CREATE INDEX delivery_by_state ON oversight.delivery (state, created_at, message_id);

-- The inbox rule of libs/messaging: the last entry applied per stream, written in the effect's own transaction. A stream
-- that was blocked before its first entry could be applied has sequence 0 and no hash.
CREATE TABLE oversight.inbox (
  stream   text    PRIMARY KEY,
  sequence integer NOT NULL,
  hash     text    NOT NULL,
  blocked  boolean NOT NULL DEFAULT false
);
CREATE INDEX inbox_blocked ON oversight.inbox (stream) WHERE blocked;

-- Messages put aside, as libs/messaging hands them over; the same one may come again.
CREATE TABLE oversight.dead_letter (
  id           bigserial   PRIMARY KEY,
  topic        text        NOT NULL,
  partition    integer     NOT NULL,
  kafka_offset text        NOT NULL,
  message_key  text        NOT NULL,
  body         text        NOT NULL,
  -- Null where the message did not say.
  stream       text,
  reason       text        NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (topic, partition, kafka_offset)
);

-- Up to which feed position everything has been applied, by whatever way it came. One row.
CREATE TABLE oversight.feed_position (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint  NOT NULL
);
INSERT INTO oversight.feed_position (position) VALUES (0);
`;
