import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fetchJars, freePort, startChild, untilListening, untilUp } from '#local';

const VERSION = '2.6.0';
const BUCKET = 'files';

/** An S3 server that checks signatures and the hash of what is sent, and keeps its objects in a folder. */
export interface S3Server {
  readonly port: number;
  /** What `ATTACHMENT_S3_FILE` says of it. */
  readonly file: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** Where its bucket's objects lie as files. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts S3Proxy (org.gaul:s3proxy) on a free port with a bucket in a folder; its jars come through Maven once per machine. */
export async function s3Server(folder: string): Promise<S3Server> {
  const logFile = join(folder, 'logs', 's3.log');
  const jars = join(cacheFolder(), `s3proxy-${VERSION}`);
  if (!existsSync(jars))
    await fetchJars({ groupId: 'org.gaul', artifactId: 's3proxy', version: VERSION }, jars, logFile);
  const objects = join(folder, 'objects');
  mkdirSync(join(objects, BUCKET), { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const file = { endpoint, bucket: BUCKET, accessKeyId: 'office', secretAccessKey: 'of-the-office-alone' };
  const properties = join(folder, 's3.properties');
  writeFileSync(properties, propertiesOf(file, objects));
  const options = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-DLOG_LEVEL=warn'];
  const command = [...options, '-cp', join(jars, '*'), 'org.gaul.s3proxy.Main', '--properties', properties];
  const child = startChild('java', command, logFile);
  await untilUp(child, () => untilListening(port, { isAlive: child.isAlive, what: 'S3Proxy', logFile }));
  return { port, file, folder: join(objects, BUCKET), stop: () => child.stop() };
}

function propertiesOf({ endpoint, accessKeyId, secretAccessKey }: S3Server['file'], objects: string): string {
  return [
    `s3proxy.endpoint=${endpoint}`,
    's3proxy.authorization=aws-v4',
    `s3proxy.identity=${accessKeyId}`,
    `s3proxy.credential=${secretAccessKey}`,
    'jclouds.provider=filesystem',
    `jclouds.filesystem.basedir=${objects}`,
  ].join('\n');
}
