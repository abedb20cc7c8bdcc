//! How long a dump of 500 tables takes to come in. Run it with `--release`.
#![cfg_attr(not(feature = "sql-import"), expect(unused, reason = "nothing reads SQL then"))]
#![expect(clippy::print_stdout, reason = "the figure is what it is for")]

use std::fmt::Write as _;
use std::time::Instant;

/// How many tables the dump has.
const TABLES: usize = 500;
/// How many columns each table has, beside its key.
const COLUMNS: usize = 18;
/// How often the dump is read.
const RUNS: usize = 5;

fn main() {
    let dump = dump();
    println!("{TABLES} tables, {} lines, {} bytes", dump.lines().count(), dump.len());
    #[cfg(feature = "sql-import")]
    for _ in 0..RUNS {
        let start = Instant::now();
        let imported = interchange::sql::import(&dump);
        let seconds = start.elapsed().as_secs_f64();
        let tables = imported.document["tables"].as_array().map_or(0, Vec::len);
        println!("{seconds:.3} s for {tables} tables, {} findings", imported.findings.len());
    }
}

/// What `pg_dump --schema-only` writes of an ordinary schema.
fn dump() -> String {
    let mut text = String::from("SET statement_timeout = 0;\nSET client_encoding = 'UTF8';\n\n");
    for table in 0..TABLES {
        create(&mut text, table).expect("a string takes everything");
    }
    for table in 0..TABLES {
        alter(&mut text, table).expect("a string takes everything");
    }
    text
}

fn create(text: &mut String, table: usize) -> std::fmt::Result {
    writeln!(text, "CREATE TABLE public.t{table} (\n    id bigint NOT NULL,")?;
    for column in 0..COLUMNS {
        let rest = match column % 6 {
            0 => "bigint NOT NULL",
            1 => "character varying(255) DEFAULT ''::character varying NOT NULL",
            2 => "timestamp with time zone DEFAULT now() NOT NULL",
            3 => "numeric(12,2) DEFAULT 0.00",
            4 => "boolean DEFAULT false NOT NULL",
            _ => "jsonb DEFAULT '{}'::jsonb",
        };
        writeln!(text, "    c{column} {rest},")?;
    }
    writeln!(text, "    CONSTRAINT t{table}_c3_check CHECK ((c3 >= (0)::numeric))\n);\n")?;
    writeln!(text, "ALTER TABLE public.t{table} OWNER TO app;\n")?;
    writeln!(text, "COMMENT ON TABLE public.t{table} IS 'Table {table}';\n")?;
    writeln!(
        text,
        "CREATE SEQUENCE public.t{table}_id_seq\n    START WITH 1\n    INCREMENT BY 1\n    NO MINVALUE\n    NO MAXVALUE\n    CACHE 1;\n"
    )?;
    writeln!(text, "ALTER SEQUENCE public.t{table}_id_seq OWNED BY public.t{table}.id;\n")?;
    writeln!(
        text,
        "ALTER TABLE ONLY public.t{table} ALTER COLUMN id SET DEFAULT nextval('public.t{table}_id_seq'::regclass);\n"
    )
}

fn alter(text: &mut String, table: usize) -> std::fmt::Result {
    let other = (table + 1) % TABLES;
    writeln!(
        text,
        "ALTER TABLE ONLY public.t{table}\n    ADD CONSTRAINT t{table}_pkey PRIMARY KEY (id);\n"
    )?;
    writeln!(text, "CREATE INDEX t{table}_c0_idx ON public.t{table} USING btree (c0);\n")?;
    writeln!(
        text,
        "CREATE INDEX t{table}_c1_idx ON public.t{table} USING btree (lower((c1)::text)) WHERE (c4 = true);\n"
    )?;
    writeln!(text, "CREATE INDEX t{table}_c5_idx ON public.t{table} USING gin (c5);\n")?;
    writeln!(
        text,
        "ALTER TABLE ONLY public.t{table}\n    ADD CONSTRAINT t{table}_c0_fkey FOREIGN KEY (c0) REFERENCES public.t{other}(id) ON DELETE CASCADE;\n"
    )?;
    writeln!(text, "GRANT ALL ON TABLE public.t{table} TO app;\n")
}
