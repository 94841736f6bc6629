export * from './async-api';
export * from './catalogue-of-events';
export * from './cloud-event';
export * from './deadlines';
export * from './defects';
export * from './dossier-error';
export * from './escalate';
export * from './events/attachment';
export * from './events/correction';
export * from './events/dead-letter';
export * from './events/ending';
export * from './events/escalation';
export * from './events/extension';
export * from './events/fees';
export * from './events/handling';
export * from './events/link';
export * from './events/message';
export * from './events/notice';
export * from './events/opinion';
export * from './events/organisation';
export * from './events/papers';
export * from './events/procedure';
export * from './events/rebinding';
export * from './events/receipt';
export * from './events/recomputation';
export * from './events/rule-act';
export * from './events/suspension';
export * from './events/work-transfer';
export * from './language';
export * from './post-holder';
export * from './watched-dossier';
export * as schema from './schema';
export {
  checkAgainst,
  hearDossierEvent,
  NotAnEvent,
  parseDossierEvent,
  parseEvent,
  passedOver,
  unknownDossierEventType,
} from './validate';
