/** How Prometheus names the figure behind a check of `caught-up`. */
export interface CheckMetric {
  readonly name: string;
  readonly help: string;
}

/** By the name of the check; a check that is not here is served as `motcua_check_ok` alone. */
export const checkMetrics: Readonly<Record<string, CheckMetric>> = {
  relayEntries: {
    name: 'motcua_relay_lag_entries',
    help: 'Entries of the journal that Kafka has not acknowledged yet.',
  },
  relaySeconds: { name: 'motcua_relay_lag_seconds', help: 'For how long the oldest of them has been recorded.' },
  escalationSeconds: {
    name: 'motcua_escalation_lag_seconds',
    help: 'How far the oldest open rung is past its wake time.',
  },
  consumerMessages: {
    name: 'motcua_consumer_lag_messages',
    help: 'Messages in Kafka that the group of this service has not handled yet.',
  },
  blockedDossiers: {
    name: 'motcua_blocked_dossiers',
    help: 'Dossiers of which later events wait for a message put aside.',
  },
  deadLetters: { name: 'motcua_dead_letters', help: 'Messages put aside and neither sent again nor discarded.' },
  undeliveredMails: {
    name: 'motcua_undelivered_mails',
    help: 'Mails that were tried in vain, are a minute late, or failed within a day.',
  },
};
