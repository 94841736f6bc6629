import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IsIn, IsInt, IsNotEmpty, IsString, IsUrl, Max, Min, validateSync } from 'class-validator';
import { StartRefused } from './start-refused';

/** How much a process logs; each level includes those before it. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The settings every service has. A service extends this class with its own, each with its class-validator rules. */
export class ServiceSettings {
  /** The address to listen on. Whoever opens a service to a network says so. */
  @IsString()
  @IsNotEmpty()
  HOST: string = '127.0.0.1';

  /** The port to listen on; 0 takes a free one. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT: number;

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: LogLevel = 'info';

  /** Path of the JSON Web Key Set with the public keys of those whose tokens this service accepts; read once at start. */
  @IsString()
  @IsNotEmpty()
  TRUSTED_KEYS_FILE: string;
}

/** Of a service that keeps a schema of its own and speaks through Kafka. */
export class DatabaseAndKafkaSettings extends ServiceSettings {
  /** PostgreSQL, as the service's own role. */
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false })
  DATABASE_URL: string;

  /** `host:port`, several separated by commas. */
  @IsString()
  @IsNotEmpty()
  KAFKA_BROKERS: string;
}

/** Of a service that hears what happens to dossiers, and asks `desk` for what it missed. */
export class ListenerSettings extends DatabaseAndKafkaSettings {
  /** The consumer group in Kafka: one per database, so that two of them on one Kafka do not share what they hear. */
  @IsString()
  @IsNotEmpty()
  KAFKA_GROUP: string;

  /** Where `desk` answers. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  DESK_URL: string;

  /** File with the private key that signs this service's own tokens. */
  @IsString()
  @IsNotEmpty()
  SERVICE_KEY_FILE: string;
}

/** One variable that keeps a process from starting. Its value is never repeated: it may be a secret. */
export interface SettingProblem {
  readonly variable: string;
  readonly state: 'missing' | 'wrong';
  readonly rule: string;
}

/** Thrown when variables of the environment are missing or break a rule; the message is a table of all of them. */
export class SettingsInvalid extends StartRefused {
  readonly code = 'SETTINGS_INVALID';

  constructor(readonly problems: readonly SettingProblem[]) {
    super(`These settings keep the process from starting:\n${table(problems)}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings a class describes from the environment; nothing else reads it.
 *
 * Only properties with a class-validator rule are settings. A variable that is unset or empty leaves the property's
 * default. Text becomes a number or a boolean (`true`, `false`) where the property is declared as one; other forms need a
 * `@Transform`.
 *
 * @throws SettingsInvalid naming every wrong or missing variable at once.
 */
export function readSettings<Settings extends object>(
  SettingsClass: new () => Settings,
  environment: Environment = process.env,
): Settings {
  const given = Object.fromEntries(
    settingNames(SettingsClass).flatMap((name) => {
      const text = environment[name];
      return text === undefined || text === '' ? [] : [[name, typed(SettingsClass, name, text)] as const];
    }),
  );
  const settings = plainToInstance(SettingsClass, given);
  const problems = validateSync(settings).map(({ property, constraints = {} }): SettingProblem => {
    return { variable: property, state: property in given ? 'wrong' : 'missing', rule: rules(property, constraints) };
  });
  if (problems.length > 0) throw new SettingsInvalid(problems);
  return settings;
}

function settingNames(SettingsClass: new () => object): string[] {
  const rulesOfClass = getMetadataStorage().getTargetValidationMetadatas(SettingsClass, '', false, false);
  return [...new Set(rulesOfClass.map((rule) => rule.propertyName))];
}

/**
 * By the declared type, not by class-transformer's implicit conversion, which takes the text "false" for true and an empty
 * text for 0. What cannot be converted stays text and fails the property's own rule.
 */
function typed(SettingsClass: new () => object, name: string, text: string): unknown {
  const type: unknown = Reflect.getMetadata('design:type', SettingsClass.prototype as object, name);
  if (type === Number && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === Boolean && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function rules(property: string, constraints: Record<string, string>): string {
  return Object.values(constraints)
    .map((message) => message.replace(`${property} `, ''))
    .join('; ');
}

function table(problems: readonly SettingProblem[]): string {
  const width = Math.max(...problems.map(({ variable }) => variable.length));
  return problems
    .map(({ variable, state, rule }) => `  ${variable.padEnd(width)}  ${state.padEnd('missing'.length)}  ${rule}`)
    .join('\n');
}
