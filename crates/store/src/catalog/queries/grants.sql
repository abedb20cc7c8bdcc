-- Who besides the owner may do what with the namespace $1 and what lies in it.
WITH here AS MATERIALIZED (
    SELECT n.oid AS namespace, d.classid, d.objid
      FROM pg_catalog.pg_namespace n
      JOIN pg_catalog.pg_depend d
        ON d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = n.oid
     WHERE n.nspname = $1
), granted AS (
    SELECT 'namespace' AS kind, NULL::text AS name, NULL::text AS part, n.nspacl AS acl, n.nspowner AS owner
      FROM pg_catalog.pg_namespace n WHERE n.nspname = $1
     UNION ALL
    SELECT 'relation', c.relname::text, NULL, c.relacl, c.relowner
      FROM here JOIN pg_catalog.pg_class c
        ON here.classid = 'pg_catalog.pg_class'::regclass AND c.oid = here.objid
     UNION ALL
    SELECT 'relation', c.relname::text, a.attname::text, a.attacl, c.relowner
      FROM here
      JOIN pg_catalog.pg_class c
        ON here.classid = 'pg_catalog.pg_class'::regclass AND c.oid = here.objid AND c.relkind IN ('r', 'p')
      JOIN pg_catalog.pg_attribute a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     UNION ALL
    SELECT 'type', t.typname::text, NULL, t.typacl, t.typowner
      FROM here JOIN pg_catalog.pg_type t
        ON here.classid = 'pg_catalog.pg_type'::regclass AND t.oid = here.objid
     UNION ALL
    SELECT 'function', p.proname::text, NULL, p.proacl, p.proowner
      FROM here JOIN pg_catalog.pg_proc p
        ON here.classid = 'pg_catalog.pg_proc'::regclass AND p.oid = here.objid
)
SELECT granted.kind, granted.name, granted.part,
       CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(r.grantee)::text END AS grantee,
       pg_catalog.string_agg(r.privilege_type || CASE WHEN r.is_grantable THEN ' (and pass it on)' ELSE '' END,
                             ', ' ORDER BY r.privilege_type) AS rights
  FROM granted
 CROSS JOIN LATERAL pg_catalog.aclexplode(granted.acl) r
 WHERE granted.acl IS NOT NULL AND r.grantee <> granted.owner
 GROUP BY granted.kind, granted.name, granted.part, r.grantee
