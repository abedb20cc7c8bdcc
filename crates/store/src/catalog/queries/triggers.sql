-- The triggers of the tables of the namespace $1, but for those behind foreign keys.
SELECT c.relname::text AS relation,
       g.tgname::text AS name,
       pg_catalog.pg_get_triggerdef(g.oid) AS definition,
       g.tgenabled::text AS enabled,
       p.proname::text AS function,
       p.pronamespace = n.oid AS own_function
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_class'::regclass
  JOIN pg_catalog.pg_class c ON c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal
  JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
 WHERE n.nspname = $1
