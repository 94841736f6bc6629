import { StartRefused } from '#platform';

/** Thrown when browsers would not keep the session's cookie, or would send it in the clear. */
export class PublicUrlUnsafe extends StartRefused {
  readonly code = 'PUBLIC_URL_UNSAFE';

  constructor(readonly publicUrl: string) {
    super(
      `PUBLIC_URL is ${publicUrl}: without TLS, passwords and sessions would cross the network in the clear, and browsers keep no ` +
        'session. Put TLS in front and give the https address; http is for localhost alone.',
    );
  }
}

/** @throws PublicUrlUnsafe for http anywhere but on this machine */
export function requireSafeOrigin(publicUrl: string): void {
  if (!isSafeOrigin(new URL(publicUrl))) throw new PublicUrlUnsafe(publicUrl);
}

/** Whether nobody on the way can read or change what is said there. */
export function isSafeOrigin({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}

/** Whether a host name (of a URL) is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
