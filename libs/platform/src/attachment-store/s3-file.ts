import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { IsBoolean, IsNotEmpty, IsString, IsUrl, Matches, validateSync } from 'class-validator';
import { StartRefused } from '../start-refused';

/** Where a bucket is and with what it is opened: the JSON file that `ATTACHMENT_S3_FILE` names. */
export class S3File {
  /** `https://host`, without the bucket. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  endpoint: string;

  @Matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { message: 'bucket must be the name of a bucket' })
  bucket: string;

  @IsString()
  @IsNotEmpty()
  region: string = 'us-east-1';

  /** The bucket as the first part of the path; false: as the first part of the host's name. */
  @IsBoolean()
  pathStyle: boolean = true;

  @IsString()
  @IsNotEmpty()
  accessKeyId: string;

  @IsString()
  @IsNotEmpty()
  secretAccessKey: string;
}

/** Thrown for a file that names no bucket; what stands in it is never repeated. */
export class S3FileInvalid extends StartRefused {
  readonly code = 'ATTACHMENT_S3_FILE_INVALID';

  constructor(path: string, why: string) {
    super(`${path} does not say where the files are kept: ${why}.`);
  }
}

/** @throws S3FileInvalid */
export function readS3File(path: string): S3File {
  const file = plainToInstance(S3File, jsonIn(path));
  const problems = validateSync(file, { whitelist: true, forbidNonWhitelisted: true }).flatMap(({ constraints = {} }) =>
    Object.values(constraints),
  );
  if (problems.length > 0) throw new S3FileInvalid(path, problems.join('; '));
  return file;
}

function jsonIn(path: string): object {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as object;
  } catch {
    throw new S3FileInvalid(path, 'it cannot be read, or is no JSON'); // What the parser says repeats what stands there.
  }
}
