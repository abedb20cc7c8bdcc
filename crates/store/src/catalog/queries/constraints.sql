-- The constraints of the tables of the namespace $1. From PostgreSQL 18 on NOT NULL is one too: it
-- is told with its column, unless rows may still break it.
SELECT c.relname::text AS relation,
       k.conname::text AS name,
       k.contype::text AS kind,
       pg_catalog.pg_get_constraintdef(k.oid) AS definition,
       k.condeferrable AS deferrable,
       k.condeferred AS deferred,
       k.convalidated AS validated,
       text.description AS comment,
       ARRAY(SELECT a.attname::text
               FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY key (number, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number
              ORDER BY key.place) AS columns,
       f.relname::text AS to_relation,
       coalesce(f.relnamespace <> n.oid, false) AS to_elsewhere,
       ARRAY(SELECT a.attname::text
               FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY key (number, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.number
              ORDER BY key.place) AS to_columns,
       k.confupdtype::text AS on_update,
       k.confdeltype::text AS on_delete,
       pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS expression,
       -- By way of JSON: not every PostgreSQL has all of these columns.
       pg_catalog.array_remove(ARRAY[
           CASE k.confmatchtype WHEN 'f' THEN 'MATCH FULL' END,
           CASE WHEN k.contype = 'c' AND k.connoinherit THEN 'NO INHERIT' END,
           CASE WHEN pg_catalog.to_jsonb(k) ->> 'confdelsetcols' IS NOT NULL THEN 'an action on some columns' END,
           CASE pg_catalog.to_jsonb(k) ->> 'conenforced' WHEN 'false' THEN 'NOT ENFORCED' END,
           CASE pg_catalog.to_jsonb(k) ->> 'conperiod' WHEN 'true' THEN 'a period' END
       ], NULL) AS traits
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_class'::regclass
  JOIN pg_catalog.pg_class c ON c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_constraint k
    ON k.conrelid = c.oid AND (k.contype <> 'n' OR NOT k.convalidated) AND k.contype <> 't'
  LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
  LEFT JOIN pg_catalog.pg_description text
    ON text.objoid = k.oid AND text.classoid = 'pg_catalog.pg_constraint'::regclass
   AND text.objsubid = 0
 WHERE n.nspname = $1
