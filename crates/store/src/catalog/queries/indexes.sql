-- The indexes of the tables of the namespace $1, those behind constraints included.
SELECT c.relname::text AS relation,
       i.relname::text AS name,
       m.amname::text AS method,
       pg_catalog.pg_get_indexdef(x.indexrelid) AS definition,
       x.indisunique AS is_unique,
       x.indisvalid AND x.indisready AND x.indislive AS valid,
       -- PostgreSQL 14 has no such column.
       coalesce((pg_catalog.to_jsonb(x) ->> 'indnullsnotdistinct')::bool, false) AS nulls_not_distinct,
       keys.columns, keys.texts, keys.classes, keys.collations, keys.options,
       ARRAY(SELECT a.attname::text
               FROM pg_catalog.unnest(x.indkey::int2[]) WITH ORDINALITY key (number, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = key.number
              WHERE key.place > x.indnkeyatts
              ORDER BY key.place) AS include,
       pg_catalog.pg_get_expr(x.indpred, x.indrelid) AS predicate,
       k.contype::text AS constraint_kind,
       ARRAY(SELECT o.oprname::text
               FROM pg_catalog.unnest(k.conexclop) WITH ORDINALITY compared (id, place)
               JOIN pg_catalog.pg_operator o ON o.oid = compared.id
              ORDER BY compared.place) AS operators,
       text.description AS comment,
       pg_catalog.array_remove(ARRAY[
           CASE WHEN x.indisreplident THEN 'replica identity' END,
           CASE WHEN x.indisclustered THEN 'clustered by' END,
           CASE WHEN i.reltablespace <> 0 THEN 'a tablespace of its own' END,
           CASE WHEN i.reloptions IS NOT NULL
                THEN 'storage parameters ' || pg_catalog.array_to_string(i.reloptions, ', ') END
       ], NULL) AS traits
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_depend here
    ON here.refclassid = 'pg_catalog.pg_namespace'::regclass AND here.refobjid = n.oid
   AND here.classid = 'pg_catalog.pg_class'::regclass
  JOIN pg_catalog.pg_class c ON c.oid = here.objid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_index x ON x.indrelid = c.oid
  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = i.relam
  LEFT JOIN pg_catalog.pg_constraint k
    ON k.conrelid = c.oid AND k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_catalog.pg_description text
    ON text.objoid = i.oid AND text.classoid = 'pg_catalog.pg_class'::regclass
   AND text.objsubid = 0
 CROSS JOIN LATERAL (
       SELECT pg_catalog.array_agg(a.attname::text ORDER BY key.place) AS columns,
              pg_catalog.array_agg(pg_catalog.pg_get_indexdef(x.indexrelid, key.place::int, false)
                                   ORDER BY key.place) AS texts,
              pg_catalog.array_agg(CASE WHEN NOT o.opcdefault THEN o.opcname::text END
                                   ORDER BY key.place) AS classes,
              pg_catalog.array_agg(l.collname::text ORDER BY key.place) AS collations,
              pg_catalog.array_agg(key.flags::int4 ORDER BY key.place) AS options
         FROM ROWS FROM (pg_catalog.unnest(x.indkey::int2[]), pg_catalog.unnest(x.indclass::oid[]),
                         pg_catalog.unnest(x.indcollation::oid[]), pg_catalog.unnest(x.indoption::int2[]))
              WITH ORDINALITY key (number, class_id, collation_id, flags, place)
         LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = key.number
         LEFT JOIN pg_catalog.pg_opclass o ON o.oid = key.class_id
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = key.collation_id
        WHERE key.place <= x.indnkeyatts) keys
 WHERE n.nspname = $1
