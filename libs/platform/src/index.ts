export { AccessPolicy, type HearsOfRefusals, type Refusal } from './access/access-policy';
export { accessOf, Action, RoutesWithoutAction } from './access/action';
export {
  type Caller,
  CurrentCaller,
  type PersonCaller,
  type RequestOfCaller,
  type ServiceCaller,
  type ServiceName,
} from './access/caller';
export { requireRightAtDesk, tellDeskOfRefusal } from './access/right-at-desk';
export { newSigningKey, serviceTokens, signToken, type SigningKey, type TokenClaims } from './access/sign-token';
export { requireSignedInLately, SignInAgain } from './access/signed-in-lately';
export { readTrustedKeys, tokenVerifier } from './access/trusted-keys';
export { ConsumerChecks } from './app/consumer-checks';
export { createApp, type ServiceOptions } from './app/create-app';
export { HealthChecks, type Progress } from './app/health';
export { withLifecycle } from './app/with-lifecycle';
export {
  attachmentContext,
  type AttachmentStore,
  BytesMissing,
  StoreAway,
  type StoredObject,
} from './attachment-store/attachment-store';
export { FolderStore } from './attachment-store/folder-store';
export { openStore } from './attachment-store/open-store';
export { blindMark, derivedKey } from './blind-index';
export { canonicalJson, sha256Hex } from './bytes';
export {
  calendarIdsIn,
  type CatalogueFile,
  type CatalogueKind,
  defectsIn,
  type FileDefect,
  kindOf,
  lineOf,
} from './catalogue-files/check';
export { type PlacedRule, readJson } from './catalogue-files/json-document';
export { Clock, clockFrom, mapped, type TimeMap, TimeMapInvalid, wake } from './clock';
export { DeadLetters, type LetterView, type Shelf, type WholeLetterView } from './dead-letters/dead-letters';
export { DeadLettersController } from './dead-letters/dead-letters.controller';
export { environment, environmentWith } from './environment';
export { isDuplicateIn } from './http/database-duplicate';
export { isDatabaseUnavailable } from './http/database-unavailable';
export { TooManyRequests } from './http/problem';
export { FieldsInvalid, requestValidation, type FieldError } from './http/request-validation';
export {
  RemoteRefusal,
  type ServiceAnswer,
  type ServiceCall,
  serviceFetch,
  type ServiceFetch,
  type ServiceFetchOptions,
} from './http/service-fetch';
export { KeyFileInvalid, readKeyText } from './key-file';
export { createLogger, LOGGER } from './logging/logger';
export type { RequestNotes } from './logging/request-log';
export { NestLogger } from './logging/nest-logger';
export { pauseAfterAttempts } from './mail/retry';
export { MailNotAccepted, SmtpMailer, type SmtpOptions } from './mail/smtp-mailer';
export { Metrics } from './metrics/metrics';
export { repeat } from './repeat';
export { openedStream, sealedSize, sealedStream } from './sealed-stream';
export { newDataKey, open, readKeyFile, seal, SealBroken, unwrapKey, wrapKey } from './sealed';
export {
  DatabaseAndKafkaSettings,
  ListenerSettings,
  readSettings,
  ServiceSettings,
  type SettingProblem,
  SettingsInvalid,
} from './settings';
export { runProcess, StartRefused } from './start-refused';
