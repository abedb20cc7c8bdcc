-- The columns of the tables of the namespace $1, in their physical order.
SELECT c.relname::text AS relation,
       a.attname::text AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS data_type,
       coalesce(e.typnamespace, t.typnamespace) = n.oid AS own_type,
       a.attnotnull AS not_null,
       CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default,
       CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS generated,
       a.attgenerated = 'v' AS virtual,
       nullif(a.attidentity::text, '') AS identity,
       (SELECT pg_catalog.format('%s, by %s from %s to %s, cache %s%s', pg_catalog.format_type(s.seqtypid, NULL),
                                 s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                                 CASE WHEN s.seqcycle THEN ', in a cycle' END)
          FROM pg_catalog.pg_depend of_column
          JOIN pg_catalog.pg_sequence s ON s.seqrelid = of_column.objid
         WHERE a.attidentity <> ''
           AND of_column.refclassid = 'pg_catalog.pg_class'::regclass
           AND of_column.refobjid = c.oid AND of_column.refobjsubid = a.attnum
           AND of_column.classid = 'pg_catalog.pg_class'::regclass
           AND of_column.deptype = 'i') AS sequence,
       CASE WHEN a.attcollation <> t.typcollation THEN
           (SELECT CASE WHEN l.collnamespace <> 'pg_catalog'::regnamespace
                        THEN l.collnamespace::regnamespace::text || '.' ELSE '' END || l.collname
              FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation) END AS collation,
       text.description AS comment,
       pg_catalog.array_remove(ARRAY[
           CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
           CASE WHEN a.attcompression <> '' THEN 'compression ' || a.attcompression::text END,
           CASE WHEN a.attstattarget >= 0 THEN 'statistics ' || a.attstattarget::text END,
           CASE WHEN a.attoptions IS NOT NULL
                THEN 'options ' || pg_catalog.array_to_string(a.attoptions, ', ') END,
           CASE WHEN NOT a.attislocal THEN 'inherited' END
       ], NULL) AS traits
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_class'::regclass
  JOIN pg_catalog.pg_class c ON c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typlen = -1 AND t.typelem <> 0
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_description text
    ON text.objoid = c.oid AND text.classoid = 'pg_catalog.pg_class'::regclass
   AND text.objsubid = a.attnum
 WHERE n.nspname = $1
 ORDER BY c.relname, a.attnum
