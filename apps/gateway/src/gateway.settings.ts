import { IsBoolean, IsNotEmpty, IsOptional, IsString, IsUrl } from 'class-validator';
import { ServiceSettings } from '#platform';

export class GatewaySettings extends ServiceSettings {
  override PORT: number = 7400;

  /** PostgreSQL, as the service's own role. */
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_tld: false })
  DATABASE_URL: string;

  /** The origin people open in the browser (`https://motcua.example`), without a path. Everything is served below it. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  PUBLIC_URL: string;

  /** Where `desk` answers. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  DESK_URL: string;

  /** Where `oversight` answers. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  OVERSIGHT_URL: string;

  /** Where `clock` answers: audits of auditors. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  CLOCK_URL: string;

  /** File with the private key that signs this service's own tokens. */
  @IsString()
  @IsNotEmpty()
  SERVICE_KEY_FILE: string;

  /** File with the private key that signs tokens for people: whoever has it can speak for anybody. */
  @IsString()
  @IsNotEmpty()
  ISSUER_KEY_FILE: string;

  /** File with 32 bytes in base64, from which the keys of cookies and the secret between provider and client are derived. */
  @IsString()
  @IsNotEmpty()
  SECRET_FILE: string;

  /** File with the private JSON Web Key Set (RS256) of the embedded OpenID provider; not needed with OIDC_ISSUER. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  PROVIDER_KEYS_FILE?: string;

  /** Folder with the built console. */
  @IsString()
  @IsNotEmpty()
  CONSOLE_FOLDER: string;

  /**
   * Which proxies in front are believed about the caller's address: how many there are, or their addresses or networks, separated by
   * commas; `none` where there are none. Must be said where PUBLIC_URL is https.
   */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  TRUST_PROXY?: string;

  /** An OpenID provider of one's own in place of the embedded one. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  OIDC_ISSUER?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  OIDC_CLIENT_ID?: string;

  /** File with the client's secret; read once at start. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  OIDC_CLIENT_SECRET_FILE?: string;

  /**
   * The claim of the provider of one's own that holds the official's id; without it people are bound one by one. Whoever may set
   * this claim there can be anybody here.
   */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  OIDC_OFFICIAL_CLAIM?: string;

  /** True for a demo: accounts with a password that everybody knows may exist, and every page says so. */
  @IsBoolean()
  DEMO: boolean = false;
}
