-- Who may enter, what they own, and what was done: tenants, users, memberships, sessions, keys, audit.
-- Times are timestamptz; ids are version 7 UUIDs made by the server, so that they sort by age.

CREATE SEQUENCE public.tenant_number_seq AS bigint START WITH 1 NO CYCLE;
COMMENT ON SEQUENCE public.tenant_number_seq IS 'Numbers of tenants: the n of tenant_n. Never reused.';

CREATE TABLE public.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL CHECK (email <> '' AND char_length(email) <= 320),
    name text NOT NULL CHECK (name <> '' AND char_length(name) <= 200),
    password_hash text NOT NULL,
    is_admin boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    last_login_at timestamptz,
    disabled_at timestamptz
);
COMMENT ON TABLE public.users IS 'People with an account. An e-mail address belongs to one of them, whatever its case.';
CREATE UNIQUE INDEX users_email_key ON public.users (lower(email));

CREATE TABLE public.tenants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint NOT NULL CONSTRAINT tenants_number_key UNIQUE,
    name text NOT NULL CHECK (name <> '' AND char_length(name) <= 200),
    created_by uuid REFERENCES public.users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
ALTER SEQUENCE public.tenant_number_seq OWNED BY public.tenants.number;
COMMENT ON TABLE public.tenants IS 'The boundary of ownership. Tenant n keeps its projects in the namespace tenant_n.';

CREATE TABLE public.memberships (
    tenant_id uuid NOT NULL REFERENCES public.tenants (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id)
);
COMMENT ON TABLE public.memberships IS 'Who belongs to which tenant, and as what.';
CREATE INDEX memberships_user_id_idx ON public.memberships (user_id);

CREATE TABLE public.sessions (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT sessions_id_key UNIQUE,
    user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    user_agent text
);
COMMENT ON TABLE public.sessions IS 'Signed-in browsers and programs. Only the SHA-256 of a token is kept.';
CREATE INDEX sessions_user_id_idx ON public.sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON public.sessions (expires_at);

CREATE TABLE public.api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES public.tenants (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (name <> '' AND char_length(name) <= 200),
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    key_hash bytea NOT NULL CONSTRAINT api_keys_key_hash_key UNIQUE CHECK (octet_length(key_hash) = 32),
    prefix text NOT NULL,
    schemas uuid[],
    created_by uuid REFERENCES public.users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
);
COMMENT ON TABLE public.api_keys IS 'Keys of programs. Only the SHA-256 of a key is kept; schemas NULL means all of the tenant.';
CREATE INDEX api_keys_tenant_id_idx ON public.api_keys (tenant_id);

CREATE TABLE public.audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid,
    actor_kind text NOT NULL CHECK (actor_kind IN ('system', 'user', 'apiKey', 'anonymous')),
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE public.audit_log IS 'Every change to accounts, tenants, members, keys and schemas, written in the transaction of the change. Outlives what it speaks of, so it references nothing.';
CREATE INDEX audit_log_tenant_id_idx ON public.audit_log (tenant_id, id DESC);

CREATE TABLE public.idempotency_keys (
    caller text NOT NULL,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
    status smallint,
    content_type text,
    answer bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (caller, key)
);
COMMENT ON TABLE public.idempotency_keys IS 'Answers to creations that carried an Idempotency-Key, kept for a day. Without a status the first request is still running.';
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys (created_at);
