-- The tables of the namespace $1. What lies in a namespace is found by what it depends on: the
-- catalog has an index for that, and none on the namespace of a relation.
SELECT c.relname::text AS name,
       CASE WHEN c.relowner <> n.nspowner THEN pg_catalog.pg_get_userbyid(c.relowner)::text END AS owner,
       obj.description AS comment,
       pg_catalog.array_remove(ARRAY[
           CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
           CASE WHEN c.relkind = 'p' THEN 'partitioned by ' || pg_catalog.pg_get_partkeydef(c.oid) END,
           CASE WHEN c.relispartition THEN 'a partition' END,
           CASE WHEN c.relrowsecurity THEN 'row security' END,
           CASE WHEN c.relforcerowsecurity THEN 'row security forced' END,
           CASE WHEN c.reloptions IS NOT NULL
                THEN 'storage parameters ' || pg_catalog.array_to_string(c.reloptions, ', ') END,
           CASE WHEN c.reltablespace <> 0 THEN 'a tablespace of its own' END,
           CASE c.relreplident WHEN 'f' THEN 'replica identity full'
                               WHEN 'n' THEN 'replica identity nothing'
                               WHEN 'i' THEN 'replica identity of an index' END,
           CASE WHEN c.reloftype <> 0 THEN 'of type ' || pg_catalog.format_type(c.reloftype, NULL) END,
           (SELECT 'inherits ' || pg_catalog.string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
              FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
       ], NULL) AS traits
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend d
    ON d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
   AND d.classid = 'pg_catalog.pg_class'::regclass
  JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'p')
  LEFT JOIN pg_catalog.pg_description obj
    ON obj.objoid = c.oid AND obj.classoid = 'pg_catalog.pg_class'::regclass AND obj.objsubid = 0
 WHERE n.nspname = $1
