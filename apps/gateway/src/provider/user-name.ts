/**
 * A user name as it is kept, looked up and counted: without space around it, in one form (NFKC: letters that keyboards put together
 * differently, or that differ in width alone, are the same), in small letters. The database holds no other form.
 */
export function foldedName(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
}
