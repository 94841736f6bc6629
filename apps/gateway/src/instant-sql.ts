/** An SQL expression that is an instant as everything here tells instants: UTC, to the millisecond. */
export function instantSql(expression: string): string {
  return `to_char((${expression}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
