-- Smaller indexes for Temporal's visibility store on PostgreSQL (tried with server 1.32.0, schema postgresql/v12).
--
-- Temporal keeps an index for each search attribute that exists, used or not. Motcua uses none of them, but an entry with
-- nothing in it is indexed all the same: most of what an open workflow costs on disk, and most of what a write costs.
-- This makes each of them an index of the rows that have the attribute. Names stay, so that Temporal's schema updates find
-- them; the indexes Temporal's pages need (time, id, type, status, task queue, parent) are left as they are.
--
-- Run it on the visibility database, as its owner, after Temporal's own set-up and after each of its schema updates:
--
--   psql --set ON_ERROR_STOP=1 --file partial-visibility-indexes.sql "$VISIBILITY_DATABASE_URL"
--
-- It can be run again: what is partial already is left. It is one transaction and locks the table while it works (seconds
-- for 100,000 workflows): Temporal writes visibility later then, and loses nothing.

do $$
declare
  attribute_index record;
begin
  for attribute_index in
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, a.attname as attribute
    from pg_index i
    -- The attribute stands second, after the namespace; what is computed from search_attributes is a generated column.
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[1] and a.attgenerated = 's'
    where i.indrelid = 'executions_visibility'::regclass and i.indpred is null and not i.indisunique
  loop
    execute format('drop index %s', attribute_index.name);
    execute format('%s where %I is not null', attribute_index.definition, attribute_index.attribute);
  end loop;
end
$$;
