-- The enums of the namespace $1, with their values in order.
SELECT t.typname::text AS name,
       CASE WHEN t.typowner <> n.nspowner THEN pg_catalog.pg_get_userbyid(t.typowner)::text END AS owner,
       text.description AS comment,
       ARRAY(SELECT v.enumlabel::text FROM pg_catalog.pg_enum v
              WHERE v.enumtypid = t.oid ORDER BY v.enumsortorder) AS values
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_type'::regclass
  JOIN pg_catalog.pg_type t ON t.oid = here.objid AND t.typtype = 'e'
  LEFT JOIN pg_catalog.pg_description text
    ON text.objoid = t.oid AND text.classoid = 'pg_catalog.pg_type'::regclass
   AND text.objsubid = 0
 WHERE n.nspname = $1
