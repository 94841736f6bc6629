import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath, requireDisk } from './cache';
import { runToEnd } from './child';
import { LocalProblem } from './problem';

interface Artifact {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

/** Copies an artifact and all it needs into a folder, whole or not at all. */
export async function fetchJars(artifact: Artifact, folder: string, logFile: string): Promise<void> {
  const maven = onPath('mvn');
  if (maven === null) {
    throw new LocalProblem(
      `${artifact.artifactId} comes through Maven, and no "mvn" is on the PATH.`,
      'Install Maven, or point KAFKA_HOME or KAFKA_BROKERS to a Kafka of yours.',
    );
  }
  requireDisk(folder, 1);
  const building = `${folder}.part`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const pom = join(building, 'pom.xml');
  writeFileSync(pom, pomOf(artifact));
  const goal = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${building}`,
  ];
  if ((await runToEnd(maven, goal, logFile)) !== 0) {
    throw new LocalProblem(
      `Maven could not get ${artifact.artifactId} ${artifact.version}.`,
      `Its log says why: ${logFile}`,
    );
  }
  rmSync(pom);
  renameSync(building, folder);
}

function pomOf({ groupId, artifactId, version }: Artifact): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>motcua</groupId><artifactId>servers</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;
}
