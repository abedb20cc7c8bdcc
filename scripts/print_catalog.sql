-- Prints what the type checks of expressions know of PostgreSQL's catalog, one fact a line:
--   type NAME CATEGORY PREFERRED ELEMENT INPUT OUTPUT   (volatility of its input and output)
--   cast SOURCE TARGET CONTEXT VOLATILITY
--   operator NAME LEFT RIGHT RESULT VOLATILITY
--   function NAME RESULT VOLATILITY DEFAULTS VARIADIC ARGUMENTS…
--   class METHOD TYPE
-- Run by scripts/print_catalog.sh, which gives the variables `functions` and `operators`.
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' '
SET search_path = pg_catalog;
CREATE TEMP TABLE known_type AS
SELECT t.oid, t.typname AS name FROM pg_type t
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
WHERE coalesce(e.typname, t.typname) IN (
    'bool', 'int2', 'int4', 'int8', 'numeric', 'money', 'float4', 'float8', 'text', 'varchar', 'bpchar',
    'bytea', 'bit', 'varbit', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'uuid',
    'json', 'jsonb', 'jsonpath', 'xml', 'inet', 'cidr', 'macaddr', 'macaddr8', 'point', 'line', 'lseg',
    'box', 'path', 'polygon', 'circle', 'tsvector', 'tsquery', 'int4range', 'int8range', 'numrange',
    'daterange', 'tsrange', 'tstzrange', 'int4multirange', 'int8multirange', 'nummultirange',
    'datemultirange', 'tsmultirange', 'tstzmultirange')
    OR t.typname IN ('char', 'name', 'regconfig', 'record');
DELETE FROM known_type WHERE name = 'int2vector';
CREATE TEMP TABLE usable_type AS
SELECT oid, name FROM known_type
UNION ALL SELECT oid, typname FROM pg_type WHERE typname IN (
    'any', 'anyelement', 'anyarray', 'anynonarray', 'anyenum', 'anyrange', 'anymultirange',
    'anycompatible', 'anycompatiblearray', 'anycompatiblenonarray', 'anycompatiblerange',
    'anycompatiblemultirange');
SELECT 'type', k.name, t.typcategory, CASE WHEN t.typispreferred THEN 'p' ELSE '-' END,
    coalesce((SELECT r.name FROM known_type r WHERE r.oid = t.typelem AND t.typcategory = 'A'),
        (SELECT s.typname FROM pg_range JOIN pg_type s ON s.oid = rngsubtype
            WHERE t.oid IN (rngtypid)),
        (SELECT s.typname FROM pg_range JOIN pg_type s ON s.oid = rngtypid
            WHERE t.oid IN (rngmultitypid)), '-'),
    i.provolatile, o.provolatile
FROM known_type k JOIN pg_type t USING (oid)
JOIN pg_proc i ON i.oid = t.typinput JOIN pg_proc o ON o.oid = t.typoutput
ORDER BY k.name COLLATE "C";
SELECT 'cast', s.name, t.name, c.castcontext, coalesce(p.provolatile::text, CASE c.castmethod
    WHEN 'i' THEN (SELECT max(v.provolatile::text) FROM pg_proc v JOIN pg_type x
        ON v.oid IN (CASE WHEN x.oid = s.oid THEN x.typoutput END, CASE WHEN x.oid = t.oid THEN x.typinput END))
    ELSE 'i' END)
FROM pg_cast c JOIN known_type s ON s.oid = c.castsource JOIN known_type t ON t.oid = c.casttarget
LEFT JOIN pg_proc p ON p.oid = c.castfunc
WHERE s.oid <> t.oid
ORDER BY s.name COLLATE "C", t.name COLLATE "C";
SELECT 'operator', o.oprname, coalesce(l.name, '-'), r.name, e.name, p.provolatile
FROM pg_operator o LEFT JOIN usable_type l ON l.oid = o.oprleft JOIN usable_type r ON r.oid = o.oprright
JOIN usable_type e ON e.oid = o.oprresult JOIN pg_proc p ON p.oid = o.oprcode
WHERE o.oprname = ANY (string_to_array(:'operators', ' ')) AND (o.oprleft = 0 OR l.oid IS NOT NULL)
ORDER BY o.oprname COLLATE "C", l.name COLLATE "C", r.name COLLATE "C";
SELECT 'function', p.proname, e.name, p.provolatile, p.pronargdefaults,
    coalesce((SELECT u.name FROM usable_type u WHERE u.oid = p.provariadic), '-'),
    coalesce((SELECT string_agg(u.name, ' ' ORDER BY a.place)
        FROM unnest(p.proargtypes) WITH ORDINALITY a (type, place) JOIN usable_type u ON u.oid = a.type), '')
FROM pg_proc p JOIN usable_type e ON e.oid = p.prorettype
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND NOT p.proretset
    AND p.proname = ANY (string_to_array(:'functions', ' '))
    AND (p.proname, p.pronargs) NOT IN (('uuid_generate_v4', 0))
    AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) a (type)
        WHERE a.type NOT IN (SELECT oid FROM usable_type))
ORDER BY p.proname COLLATE "C", p.proargtypes::text COLLATE "C";
SELECT 'class', m.amname, t.typname FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod
JOIN pg_type t ON t.oid = c.opcintype
WHERE c.opcdefault AND (t.oid IN (SELECT oid FROM usable_type))
ORDER BY m.amname COLLATE "C", t.typname COLLATE "C";
