import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every user name is kept as it is looked up. What folds is written here: a database whose locale is C, as the one that comes with
 * the packages, makes small letters of A to Z alone, and left "Đức" with its capital where "đức" is looked up.
 */
export class FoldedUserNames1764300000030 implements MigrationInterface {
  /** @throws where names that were two become one: only people know whose it is */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.account drop constraint if exists account_username_folded');
    const accounts = (await runner.query(
      'select official_id as "officialId", username from gateway.account order by username',
    )) as Account[];
    const alike = accounts.filter((one) =>
      accounts.some((other) => one !== other && folded(one.username) === folded(other.username)),
    );
    if (alike.length > 0) throw new UserNamesAlike(alike);
    for (const { officialId, username } of accounts) {
      const name = folded(username);
      if (name === username) continue;
      await runner.query('update gateway.account set username = $2 where official_id = $1', [officialId, name]);
    }
    // Of a server of one's own, built without ICU, its own locale must do: the gateway folds before it writes.
    const [icu] = (await runner.query(`select from pg_collation where collname = 'und-x-icu'`)) as object[];
    const small = `lower(normalize(btrim(username), NFKC)${icu ? ' collate "und-x-icu"' : ''})`;
    await runner.query(
      `alter table gateway.account add constraint account_username_folded check (username = normalize(${small}, NFKC))`,
    );
    await runner.query(`comment on column gateway.account.username is
      'Folded (no space around it, NFKC, small letters), as it is looked up: two that look alike in type or case are one.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.account drop constraint account_username_folded');
  }
}

interface Account {
  readonly officialId: string;
  readonly username: string;
}

/** As the gateway folds a name that is typed. */
function folded(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Names that are told apart by case or typing alone. */
class UserNamesAlike extends Error {
  constructor(alike: readonly Account[]) {
    const told = alike.map(({ username, officialId }) => `"${username}" of official ${officialId}`);
    super(
      `From this version on user names that differ in capital letters alone are one. Of these rename in gateway.account until each has one of its own, then start again: ${told.join(', ')}.`,
    );
    this.name = 'UserNamesAlike';
  }
}
