import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an applicant answered on the screen instead of on a paper form. */
export class EForm1764300000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.e_form (
  dossier_id uuid    not null,
  sequence   integer not null,
  sealed     bytea   not null,
  primary key (dossier_id, sequence)
);
comment on table desk.e_form is
  'Questions and answers of a procedure''s e-form as of entry sequence, sealed with the dossier''s key like the applicant''s data. Rows are added, never changed.';
comment on column desk.e_form.sealed is 'AES-256-GCM; opens in this row alone, and no more once the key was destroyed.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.e_form');
  }
}
