/** An answer as a browser sees it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly url: string;
  readonly text: string;
  readonly body: any;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What a browser does without showing anything: keeps cookies, follows redirects, sends forms. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie line that came. */
  readonly cookieLines: string[] = [];

  constructor(readonly origin: string) {}

  /** One request; where it leads on is not followed. */
  async once(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Reply> {
    const response = await fetch(new URL(path, this.origin), {
      method,
      headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '), ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      url: response.url,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  }

  /** The page at the end of all redirects. */
  async open(path: string, asked: Asked = {}): Promise<Reply> {
    let reply = await this.once(path, asked);
    for (let hops = 0; reply.status >= 300 && reply.status < 400; hops += 1) {
      if (hops > 10) throw new Error(`Too many redirects; the last to ${reply.headers.get('location')}.`);
      reply = await this.once(new URL(reply.headers.get('location') ?? '', reply.url).href);
    }
    return reply;
  }

  /** A form sent from a page that was opened. */
  async send(path: string, fields: Record<string, string>): Promise<Reply> {
    return this.open(path, { method: 'POST', headers: formHeaders, body: new URLSearchParams(fields).toString() });
  }

  /** What the console sends when something is to change. */
  async post(path: string, body: object = {}, csrf?: string): Promise<Reply> {
    const token = csrf ?? (await this.once('/api/session')).body?.csrf ?? '';
    const headers = {
      'content-type': 'application/json',
      'x-csrf-token': token,
      origin: this.origin,
      'sec-fetch-site': 'same-origin',
    };
    return this.once(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Name and password on the page that signing in leads to. */
  async signIn(username: string, password: string, to = '/'): Promise<Reply> {
    const page = await this.open(`/sign-in?to=${encodeURIComponent(to)}`);
    return this.send(page.url, { username, password });
  }

  private keep(line: string): void {
    this.cookieLines.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const isOver = value === '' || /expires=Thu, 01 Jan 1970/i.test(line);
    if (isOver) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

const formHeaders = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
  origin: 'null',
};
