--
-- PostgreSQL database dump
--

\restrict 5hZ0yJ0mC6dTq

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;
COMMENT ON EXTENSION "uuid-ossp" IS 'generate universally unique identifiers (UUIDs)';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE TYPE public.order_status AS ENUM (
    'draft',
    'paid',
    'it''s gone'
);

ALTER TYPE public.order_status OWNER TO shop;

COMMENT ON TYPE public.order_status IS 'Life of an order';

CREATE DOMAIN public.email AS text
	CONSTRAINT email_check CHECK ((VALUE ~* '^[^@]+@[^@]+$'::text));

CREATE FUNCTION public.set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END;
$$;

ALTER FUNCTION public.set_updated_at() OWNER TO shop;

CREATE FUNCTION public.total_of(o integer) RETURNS numeric
    LANGUAGE sql STABLE
    AS $_$ SELECT sum(price) FROM public.order_items WHERE order_id = $1; $_$;

SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE TABLE public.customers (
    id uuid DEFAULT public.uuid_generate_v4() CONSTRAINT customers_id_not_null NOT NULL,
    email public.email NOT NULL,
    name character varying(255) NOT NULL,
    country character(2) DEFAULT 'AT'::bpchar NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    tags text[] DEFAULT '{}'::text[],
    search tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, (COALESCE(name, ''::character varying))::text)) STORED,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) without time zone DEFAULT now(),
    CONSTRAINT customers_country_check CHECK (((country)::text = ANY ((ARRAY['AT'::character varying, 'DE'::character varying])::text[]))),
    CONSTRAINT customers_name_check CHECK ((char_length((name)::text) > 0))
);

ALTER TABLE public.customers OWNER TO shop;

COMMENT ON TABLE public.customers IS 'Who buys; it''s one row each';
COMMENT ON COLUMN public.customers.email IS 'Where invoices go';
COMMENT ON COLUMN public.customers.name IS NULL;

CREATE TABLE public.orders (
    id integer NOT NULL,
    number bigint NOT NULL,
    customer_id uuid NOT NULL,
    status public.order_status DEFAULT 'draft'::public.order_status NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    placed_on date DEFAULT CURRENT_DATE,
    year integer GENERATED ALWAYS AS (EXTRACT(year FROM placed_on)) STORED,
    due interval DEFAULT '14 days'::interval
);

ALTER TABLE public.orders ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.orders_number_seq
    START WITH 1000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.orders_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.orders_id_seq OWNER TO shop;
ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;

CREATE SEQUENCE public.loose_seq START WITH 5 INCREMENT BY 5;

CREATE TABLE public.order_items (
    order_id integer NOT NULL,
    line smallint NOT NULL,
    product public.citext,
    price numeric(10,2),
    period tstzrange,
    shape public.geometry(Point,4326)
);

CREATE TABLE public.events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL
)
PARTITION BY RANGE (at);

CREATE TABLE public.events_2026 (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE audit.log (
    id bigint
);

CREATE VIEW public.paid_orders AS
 SELECT orders.id FROM public.orders WHERE (orders.status = 'paid'::public.order_status);

ALTER VIEW public.paid_orders OWNER TO shop;

CREATE MATERIALIZED VIEW public.totals AS
 SELECT sum(orders.total) AS sum FROM public.orders
  WITH NO DATA;

ALTER TABLE ONLY public.events ATTACH PARTITION public.events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);

COPY public.customers (id, email, name) FROM stdin;
6f0c	a@b	It's; -- $$
7f0c	c@d	\N
\.

SELECT pg_catalog.setval('public.orders_id_seq', 42, true);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_email_key UNIQUE NULLS NOT DISTINCT (email);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_number_key UNIQUE (number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pk PRIMARY KEY (id);
ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line);
ALTER TABLE public.order_items
    ADD CONSTRAINT order_items_price_check CHECK ((price >= (0)::numeric)) NOT VALID;
ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_period_excl EXCLUDE USING gist (order_id WITH =, period WITH &&);

CREATE INDEX customers_name_idx ON public.customers USING btree (lower((name)::text) text_pattern_ops, created_at DESC NULLS LAST);
CREATE INDEX customers_trgm_idx ON public.customers USING gin (name public.gin_trgm_ops);
CREATE INDEX customers_search_idx ON public.customers USING gin (search);
CREATE UNIQUE INDEX orders_open_idx ON public.orders USING btree (customer_id) INCLUDE (total) WHERE (status = 'draft'::public.order_status);
CREATE INDEX orders_placed_idx ON public.orders USING brin (placed_on) WITH (pages_per_range='64');
CREATE INDEX orders_mine_idx ON public.orders USING btree (public.total_of(id));
CREATE INDEX items_shape_idx ON public.order_items USING gist (shape);
CREATE INDEX events_2026_at_idx ON public.events_2026 USING btree (at);

CREATE STATISTICS public.orders_stats ON status, placed_on FROM public.orders;

CREATE TRIGGER customers_touch BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER orders_notify AFTER INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.notify();

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE DEFERRABLE NOT VALID;

ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.orders USING ((customer_id = (current_setting('app.customer'::text))::uuid));

CREATE PUBLICATION everything FOR ALL TABLES;

GRANT SELECT ON TABLE public.customers TO reporting;
GRANT ALL ON TABLE public.orders TO shop;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

\unrestrict 5hZ0yJ0mC6dTq
