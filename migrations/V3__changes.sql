-- Changes of schemas in use: migrations that outlive a crash, the attic, and versions that never change.

ALTER TABLE public.schema_migrations
    DROP CONSTRAINT schema_migrations_state_check,
    ADD CONSTRAINT schema_migrations_state_check
        CHECK (state IN ('pending', 'running', 'finishing', 'applied', 'failed', 'undone')),
    ADD COLUMN definition jsonb,
    ADD COLUMN progress jsonb,
    ADD COLUMN message text,
    ADD COLUMN remedies jsonb,
    ADD COLUMN request jsonb,
    ADD CONSTRAINT schema_migrations_resumable_check
        CHECK (state NOT IN ('running', 'finishing')
               OR progress IS NOT NULL AND request IS NOT NULL
                  AND (state = 'finishing' OR definition IS NOT NULL));
COMMENT ON COLUMN public.schema_migrations.definition IS 'What will be in force; only while the migration is running, for then it becomes a version.';
COMMENT ON COLUMN public.schema_migrations.progress IS 'The step that is worked on and the block it has come to; whether it is being undone.';
COMMENT ON COLUMN public.schema_migrations.request IS 'Who asked, and what else of the schema changes with it.';
-- At most one change of a schema is under way. What a start after a crash looks for is found in this index, too.
CREATE UNIQUE INDEX schema_migrations_under_way_key ON public.schema_migrations (schema_id)
    WHERE state IN ('running', 'finishing');
CREATE INDEX schema_migrations_schema_id_id_idx ON public.schema_migrations (schema_id, id DESC);

CREATE TABLE public.schema_attic (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_id uuid NOT NULL REFERENCES public.schemas (id) ON DELETE CASCADE,
    version integer NOT NULL CHECK (version > 0),
    number integer NOT NULL CHECK (number >= 0),
    kind text NOT NULL CHECK (kind IN ('table', 'column', 'values', 'enum', 'rows')),
    subject text NOT NULL,
    content jsonb NOT NULL,
    waits boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    tried_at timestamptz,
    CONSTRAINT schema_attic_name_key UNIQUE (schema_id, version, number)
);
COMMENT ON TABLE public.schema_attic IS 'What changes have put aside, under the name attic_<version>_<number> in the namespace of its schema, until it is taken back, purged or expires.';
COMMENT ON COLUMN public.schema_attic.waits IS 'Whether it is there. What was taken back is remembered, so that a later rollback knows which column took whose place.';
COMMENT ON COLUMN public.schema_attic.tried_at IS 'When removing it was last tried in vain.';
CREATE INDEX schema_attic_expires_at_idx ON public.schema_attic (expires_at) WHERE waits;

ALTER TABLE public.schemas ADD COLUMN catalog_digest text;
COMMENT ON COLUMN public.schemas.catalog_digest IS 'A hash of what PostgreSQL has in the namespace, to notice the doings of others.';
CREATE INDEX schemas_deleted_at_idx ON public.schemas (deleted_at) WHERE deleted_at IS NOT NULL;

-- Whoever writes into these tables: a version never changes once saved.
CREATE OR REPLACE FUNCTION public.tenanta_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % of schema % was saved and never changes', OLD.version, OLD.schema_id
        USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;
CREATE TRIGGER schema_versions_never_change BEFORE UPDATE ON public.schema_versions
    FOR EACH ROW EXECUTE FUNCTION public.tenanta_keep_version();
