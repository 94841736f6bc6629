/**
 * A journal entry and the message that tells of it are the same bytes: a CloudEvents 1.0 event in canonical JSON
 * (RFC 8785). Its hash is the lower-case hex SHA-256 of exactly those bytes.
 */
export interface CloudEvent<Type extends string, Data> {
  readonly specversion: '1.0';
  /** The journal entry's id, a UUIDv7. The same event sent again has the same id. */
  readonly id: string;
  readonly source: '/motcua/desk';
  /** The glossary name, for example `dossier-received`. */
  readonly type: Type;
  /** The stream: the dossier's id, `organisation` or `catalogue`. Also the Kafka key. */
  readonly subject: string;
  /** When it happened, in the stack's (mapped) time. Order is decided by `sequence`, never by this. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Name and version of the schema of `data`: `urn:motcua:<type>/<version>`. */
  readonly dataschema: string;
  /** 1, 2, 3 ... within the stream, without a gap. */
  readonly sequence: number;
  /** When `desk` recorded it, in real time. */
  readonly recordedat: string;
  /** Hash of the stream's entry before; absent on the first. */
  readonly previoushash?: string;
  /** The earliest rung still open after this event, in mapped time; absent when none is. */
  readonly nextrungat?: string;
  readonly data: Data;
}
