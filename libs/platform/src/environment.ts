/** One variable of the environment; undefined when unset or empty. For tools that run before a service has its settings. */
export function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** The environment a child process gets: this process's own, with these variables added or replaced. */
export function environmentWith(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
}
