-- What tenants design: schemas, their versions and migrations, and the login roles that serve their rows.

CREATE TABLE public.data_lanes (
    number integer PRIMARY KEY CHECK (number > 0),
    role_name text NOT NULL CONSTRAINT data_lanes_role_name_key UNIQUE,
    password text NOT NULL,
    schema_count integer NOT NULL DEFAULT 0 CHECK (schema_count >= 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.data_lanes IS 'Login roles of the data plane. Each serves a bounded number of schemas; only the control role reads this table.';

CREATE TABLE public.schemas (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES public.tenants (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    description text,
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    definition jsonb NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    project_id uuid NOT NULL,
    namespace text NOT NULL CONSTRAINT schemas_namespace_key UNIQUE,
    role_name text NOT NULL CONSTRAINT schemas_role_name_key UNIQUE,
    lane integer NOT NULL REFERENCES public.data_lanes (number),
    created_by text NOT NULL,
    updated_by text NOT NULL,
    deleted_at timestamptz
);
COMMENT ON TABLE public.schemas IS 'What users create: the current definition of each schema, and where its tables live.';
CREATE UNIQUE INDEX schemas_tenant_id_name_key ON public.schemas (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX schemas_tenant_id_updated_at_idx ON public.schemas (tenant_id, updated_at DESC, id);
CREATE INDEX schemas_project_id_idx ON public.schemas (project_id);

CREATE TABLE public.schema_versions (
    schema_id uuid NOT NULL REFERENCES public.schemas (id) ON DELETE CASCADE,
    version integer NOT NULL CHECK (version > 0),
    definition jsonb NOT NULL,
    summary jsonb NOT NULL DEFAULT '[]',
    message text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schema_versions_pkey PRIMARY KEY (schema_id, version)
);
COMMENT ON TABLE public.schema_versions IS 'Every definition a schema ever had. A row never changes once written.';

CREATE TABLE public.schema_migrations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_id uuid NOT NULL REFERENCES public.schemas (id) ON DELETE CASCADE,
    from_version integer NOT NULL,
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'running', 'applied', 'failed', 'undone')),
    plan jsonb NOT NULL,
    sql text NOT NULL,
    rollback_sql text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    applied_at timestamptz,
    duration_ms bigint,
    error jsonb
);
COMMENT ON TABLE public.schema_migrations IS 'The plans that were run, with their state: what a start after a crash resumes or undoes.';
CREATE INDEX schema_migrations_schema_id_idx ON public.schema_migrations (schema_id, version DESC);
