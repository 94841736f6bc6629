import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { environment } from '#platform';
import { cacheFolder, onPath } from './cache';
import { runToEnd, startChild, untilUp, type Child } from './child';
import { fetchJars } from './maven';
import { fetchOfficial } from './official';
import { freePort, untilListening } from './ports';
import { LocalProblem, type Report } from './problem';

const VERSION = '4.4.0';
const RELEASE = `kafka_2.13-${VERSION}`;
const DAYS_400_IN_MINUTES = 400 * 24 * 60;

/** The jars of Apache Kafka: from KAFKA_HOME, from an earlier start, from Apache, or through Maven. */
export async function kafkaJars(logFile: string, report: Report): Promise<{ folder: string; how: string }> {
  requireJava();
  const home = environment('KAFKA_HOME');
  if (home !== undefined) {
    const folder = join(home, 'libs');
    if (existsSync(folder)) return { folder, how: `KAFKA_HOME (${home})` };
    throw new LocalProblem(`KAFKA_HOME is set to ${home}, where no Kafka is.`, 'Correct it or unset it.');
  }
  const folder = join(cacheFolder(), `kafka-${VERSION}`);
  const official = join(cacheFolder(), `kafka-${VERSION}-official`);
  const officialJars = join(official, RELEASE, 'libs');
  for (const kept of [officialJars, folder]) {
    if (existsSync(kept)) return { folder: kept, how: `Apache Kafka ${VERSION}, kept from an earlier start` };
  }
  const url = `https://archive.apache.org/dist/kafka/${VERSION}/${RELEASE}.tgz`;
  if (await fetchOfficial({ url, sha256: null }, official, logFile)) {
    return { folder: officialJars, how: `Apache Kafka ${VERSION}, from archive.apache.org` };
  }
  report(`getting Apache Kafka ${VERSION} through Maven`);
  await fetchJars({ groupId: 'org.apache.kafka', artifactId: 'kafka_2.13', version: VERSION }, folder, logFile);
  return { folder, how: `Apache Kafka ${VERSION}, got through Maven` };
}

/** Starts a one-node Kafka (KRaft) on its folder, formatted at the first start. */
export async function startKafka(jars: string, folder: string, port: number, logFile: string): Promise<Child> {
  mkdirSync(folder, { recursive: true });
  const properties = join(folder, 'server.properties');
  writeFileSync(properties, await serverProperties(folder, port));
  writeFileSync(join(folder, 'log4j2.properties'), log4j);
  if (!existsSync(join(folder, 'data', 'meta.properties'))) await format(jars, folder, properties, logFile);
  rmSync(join(folder, 'data', '.lock'), { force: true });
  const child = startChild('java', [...jvm(jars, folder), 'kafka.Kafka', properties], logFile);
  return untilUp(child, () => untilListening(port, { isAlive: child.isAlive, what: 'Kafka', logFile }));
}

function jvm(jars: string, folder: string): readonly string[] {
  const log = `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`;
  return ['-Xmx512m', '-Xms256m', '-XX:+UseSerialGC', log, '-cp', [join(jars, '*')].join(delimiter)];
}

async function format(jars: string, folder: string, properties: string, logFile: string): Promise<void> {
  const tool = [...jvm(jars, folder), 'kafka.tools.StorageTool'];
  const { stdout } = spawnSync('java', [...tool, 'random-uuid'], { encoding: 'utf8' });
  const id = stdout.trim().split('\n').at(-1) ?? '';
  const code = await runToEnd('java', [...tool, 'format', '-t', id, '-c', properties], logFile);
  if (code !== 0) throw new LocalProblem(`Kafka could not format ${folder}.`, `Its log says why: ${logFile}`);
}

async function serverProperties(folder: string, port: number): Promise<string> {
  const controller = await freePort();
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${join(folder, 'data')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
offsets.retention.minutes=${DAYS_400_IN_MINUTES}
`;
}

const log4j = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %c{1} %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
`;

function requireJava(): void {
  if (onPath('java') === null) {
    throw new LocalProblem(
      'Kafka needs Java 17 or newer, and no "java" is on the PATH.',
      'Install a JDK, or set KAFKA_BROKERS to a Kafka of yours.',
    );
  }
}
