export * from './eventually';
export * from './fresh-database';
export * from './kept-document';
export * from './link';
export * from './mail-sink';
export { gapsIn, openApiDocument } from './open-api';
export { documentedMetrics, namesIn, scraped, type Sample } from './prometheus';
export { servers, type TestServers } from './servers-file';
export { grpc, http, kafka, postgres, smtp, type Protocol } from './wire';
