-- The namespace with most tables comes in, here by the path of an old pg_dump.
CREATE SCHEMA app;
SET search_path = app, pg_catalog;
CREATE TABLE a (id integer NOT NULL);
CREATE TABLE b (id integer NOT NULL, a_id integer DEFAULT 1::int4, kind character varying(5) DEFAULT 'x'::character varying);
CREATE SEQUENCE a_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE a_id_seq OWNED BY a.id;
ALTER TABLE ONLY a ALTER COLUMN id SET DEFAULT nextval('a_id_seq'::regclass);
ALTER TABLE ONLY a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
ALTER TABLE ONLY b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a_id) REFERENCES a(id);
ALTER TABLE ONLY b ADD CONSTRAINT b_c_fkey FOREIGN KEY (id) REFERENCES public.c(id);
CREATE INDEX b_kind ON app.b USING btree (lower(b.kind::text));
SET search_path = public, pg_catalog;
CREATE TABLE c (id integer NOT NULL);
ALTER TABLE c ADD CHECK (id > 0);
COMMENT ON TABLE app.b IS 'the second';
