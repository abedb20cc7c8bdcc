-- The functions and procedures of the namespace $1. An aggregate has no text of its own.
SELECT p.proname::text AS name,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
       CASE WHEN p.prokind = 'a' THEN 'an aggregate' ELSE pg_catalog.pg_get_functiondef(p.oid) END AS definition,
       CASE WHEN p.proowner <> n.nspowner THEN pg_catalog.pg_get_userbyid(p.proowner)::text END AS owner,
       p.prosrc AS source
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_proc'::regclass
  JOIN pg_catalog.pg_proc p ON p.oid = here.objid
 WHERE n.nspname = $1
