-- What else lies in the namespace $1 or on its tables: views, sequences that belong to no column,
-- types that are no enums, rules, policies, statistics, and whatever else PostgreSQL keeps there.
WITH here AS MATERIALIZED (
    SELECT n.oid AS namespace, d.classid, d.objid
      FROM pg_catalog.pg_namespace n
      JOIN pg_catalog.pg_depend d
        ON d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
     WHERE n.nspname = $1
)
SELECT o.type AS kind, coalesce(o.name, o.identity) AS name, NULL::text AS relation
  FROM here
  LEFT JOIN pg_catalog.pg_class c
    ON here.classid = 'pg_catalog.pg_class'::regclass AND c.oid = here.objid
  LEFT JOIN pg_catalog.pg_type t
    ON here.classid = 'pg_catalog.pg_type'::regclass AND t.oid = here.objid
 CROSS JOIN LATERAL pg_catalog.pg_identify_object(here.classid, here.objid, 0) o
 WHERE here.classid <> 'pg_catalog.pg_proc'::regclass
   AND coalesce(c.relkind NOT IN ('r', 'p'), true)
   AND coalesce(t.typtype <> 'e', true)
   AND NOT (coalesce(c.relkind = 'S', false) AND EXISTS (
           SELECT FROM pg_catalog.pg_depend of_column
            WHERE of_column.classid = 'pg_catalog.pg_class'::regclass
              AND of_column.objid = c.oid AND of_column.deptype IN ('a', 'i')))
 UNION ALL
SELECT 'rule', r.rulename::text, c.relname::text
  FROM here
  JOIN pg_catalog.pg_class c
    ON here.classid = 'pg_catalog.pg_class'::regclass AND c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
 UNION ALL
SELECT 'policy', p.polname::text, c.relname::text
  FROM here
  JOIN pg_catalog.pg_class c
    ON here.classid = 'pg_catalog.pg_class'::regclass AND c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid
