import { Transform } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsOptional, IsUrl } from 'class-validator';
import { readSettings, ServiceSettings, SettingsInvalid } from './settings';
import { startFailure } from './start-refused';

class DeskSettings extends ServiceSettings {
  @IsUrl({ protocols: ['postgresql'], require_protocol: true, require_tld: false })
  DATABASE_URL: string;

  @IsInt()
  RELAY_BATCH: number = 500;

  @IsBoolean()
  MAIL_ENABLED: boolean = true;

  @IsOptional()
  @Transform(({ value }) => String(value).split(','))
  @IsArray()
  WITNESSES?: string[];
}

const enough = { PORT: '7001', TRUSTED_KEYS_FILE: 'keys.json', DATABASE_URL: 'postgresql://localhost:5432/desk' };

function refusalOf(environment: Record<string, string | undefined>): SettingsInvalid {
  try {
    readSettings(DeskSettings, environment);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error;
  }
  throw new Error('The settings were accepted.');
}

test('what the environment does not say has its default, and text becomes what the setting is declared as', () => {
  const settings = readSettings(DeskSettings, { ...enough, MAIL_ENABLED: 'false', RELAY_BATCH: '', WITNESSES: 'a,b' });

  expect(settings).toBeInstanceOf(DeskSettings);
  expect(settings).toEqual({
    ...enough,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    PORT: 7001,
    RELAY_BATCH: 500,
    MAIL_ENABLED: false,
    WITNESSES: ['a', 'b'],
  });
});

test('a variable that is no setting of this service stays out', () => {
  expect(readSettings(DeskSettings, { ...enough, PATH: '/bin' })).not.toHaveProperty('PATH');
});

test('everything wrong or missing is told at once, with the rule, and no value is repeated', () => {
  const { problems, message } = refusalOf({ PORT: '70 000', MAIL_ENABLED: 'nein', DATABASE_URL: 'geheim' });

  expect(problems.map(({ variable, state }) => [variable, state]).sort()).toEqual([
    ['DATABASE_URL', 'wrong'],
    ['MAIL_ENABLED', 'wrong'],
    ['PORT', 'wrong'],
    ['TRUSTED_KEYS_FILE', 'missing'],
  ]);
  expect(message).toMatch(/^ {2}DATABASE_URL {7}wrong {4}must be a URL address$/m);
  expect(message).toMatch(/^ {2}TRUSTED_KEYS_FILE {2}missing {2}.*should not be empty/m);
  expect(message).not.toMatch(/geheim|nein|70 000/);
});

test('an operator sees the table, not a stack', () => {
  expect(startFailure(refusalOf({}))).not.toContain(' at ');
  expect(startFailure(new Error('a fault of ours'))).toContain('settings.spec');
});
