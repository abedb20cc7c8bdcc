//! What a document may look like: every key, what it holds, and whether it must be there.
//!
//! The tables below are the single source of the format: documents are read against them, and the
//! published JSON Schema is printed from them.

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object of this shape.
    Object(&'static Shape),
    /// A list of this kind, at most so many.
    List(&'static Kind, usize),
    /// A text, or an object of this shape.
    TextOr(&'static Shape),
    /// A list of texts, or an object of this shape.
    TextsOr(&'static Shape),
}

/// An object of the format.
#[derive(Debug)]
pub struct Shape {
    /// What a person calls it.
    pub name: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
}

/// A key of an object.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, for the published JSON Schema.
    pub meaning: &'static str,
}

/// The most tables of a schema.
pub const MAX_TABLES: usize = 2_000;
/// The most columns of a table (PostgreSQL's own limit is 1,600).
pub const MAX_COLUMNS: usize = 1_000;
/// The most enums, relationships of a schema; indexes, checks, uniques of a table.
pub const MAX_PARTS: usize = 5_000;
/// The most values of an enum.
pub const MAX_ENUM_VALUES: usize = 1_000;
/// The longest text of a document, in characters.
pub const MAX_TEXT_CHARS: usize = 10_000;
/// The most columns of one key or index (PostgreSQL's own limit).
pub const MAX_KEY_COLUMNS: usize = 32;

const fn must(key: &'static str, kind: Kind, meaning: &'static str) -> Field {
    Field { key, kind, required: true, meaning }
}

const fn may(key: &'static str, kind: Kind, meaning: &'static str) -> Field {
    Field { key, kind, required: false, meaning }
}

const NAMES: Kind = Kind::List(&Kind::Text, MAX_KEY_COLUMNS);
const ACTION: Kind = Kind::Word(&["noAction", "restrict", "cascade", "setNull", "setDefault"]);
const DEFERRABLE: Kind = Kind::Word(&["no", "initiallyImmediate", "initiallyDeferred"]);

/// The document itself.
pub static DOCUMENT: Shape = Shape {
    name: "definition",
    fields: &[
        may("$schema", Kind::Text, "Where editors find the JSON Schema; not kept."),
        may(
            "enums",
            Kind::List(&Kind::Object(&ENUM), MAX_PARTS),
            "The schema's own enumerated types.",
        ),
        may("tables", Kind::List(&Kind::Object(&TABLE), MAX_TABLES), "Tables."),
        may(
            "relationships",
            Kind::List(&Kind::Object(&RELATIONSHIP), MAX_PARTS),
            "Foreign keys and many-to-many.",
        ),
    ],
};

pub(super) static ENUM: Shape = Shape {
    name: "enum",
    fields: &[
        may("id", Kind::Text, "Given by the server; survives renames."),
        must("name", Kind::Text, "Unique among the enums and tables."),
        may("renamedFrom", Kind::Text, "The name it had before."),
        must(
            "values",
            Kind::List(&Kind::TextOr(&ENUM_VALUE), MAX_ENUM_VALUES),
            "The values, in their sort order.",
        ),
        may("description", Kind::Text, "What it lists."),
    ],
};

pub(super) static ENUM_VALUE: Shape = Shape {
    name: "enum value",
    fields: &[
        may("id", Kind::Text, "Given by the server; survives renames."),
        must("name", Kind::Text, "The value as rows show it."),
        may("renamedFrom", Kind::Text, "The value it was before."),
    ],
};

/// A table.
pub static TABLE: Shape = Shape {
    name: "table",
    fields: &[
        may("id", Kind::Text, "Given by the server; survives renames."),
        must("name", Kind::Text, "Unique among the tables, enums and indexes."),
        may("renamedFrom", Kind::Text, "The name it had before."),
        may("description", Kind::Text, "What a row stands for."),
        must(
            "columns",
            Kind::List(&Kind::Object(&COLUMN), MAX_COLUMNS),
            "The columns, in their order.",
        ),
        may("primaryKey", Kind::TextsOr(&PRIMARY_KEY), "Only for a composite or a named key."),
        may("uniques", Kind::List(&Kind::Object(&UNIQUE), MAX_PARTS), "What else may not repeat."),
        may(
            "checks",
            Kind::List(&Kind::Object(&CHECK), MAX_PARTS),
            "What must hold for every row.",
        ),
        may(
            "exclusions",
            Kind::List(&Kind::Object(&EXCLUSION), MAX_PARTS),
            "What no two rows may share.",
        ),
        may("indexes", Kind::List(&Kind::Object(&INDEX), MAX_PARTS), "What makes reading quick."),
        may("trackUpdates", Kind::Text, "This column is set to NOW() at each UPDATE."),
    ],
};

/// A column.
pub static COLUMN: Shape = Shape {
    name: "column",
    fields: &[
        may("id", Kind::Text, "Given by the server; survives renames."),
        must("name", Kind::Text, "Unique in its table."),
        may("renamedFrom", Kind::Text, "The name it had before."),
        must("type", Kind::Text, "A PostgreSQL type, an array of one, or an enum of the schema."),
        may("primaryKey", Kind::Flag, "Whether it alone is the key."),
        may("notNull", Kind::Flag, "Whether NULL is refused."),
        may("unique", Kind::Flag, "Whether no two rows may have the same value."),
        may("default", Kind::Text, "An expression without columns."),
        may("check", Kind::Text, "A condition on each row."),
        may("generated", Kind::Text, "An expression over the row; the column cannot be written."),
        may("identity", Kind::Word(&["always", "byDefault"]), "Numbered by PostgreSQL."),
        may("collation", Kind::Text, "The order and equality of its texts."),
        may("references", Kind::Object(&REFERENCE), "Short for a relationship."),
        may("description", Kind::Text, "What it means."),
    ],
};

pub(super) static REFERENCE: Shape = Shape {
    name: "reference",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        must("table", Kind::Text, "The referenced table."),
        may("column", Kind::Text, "The referenced column; the primary key when absent."),
        may("onDelete", ACTION, "What happens when the referenced row goes."),
        may("onUpdate", ACTION, "What happens when the referenced key changes."),
        may("deferrable", DEFERRABLE, "When it is checked."),
    ],
};

pub(super) static PRIMARY_KEY: Shape = Shape {
    name: "primary key",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        must("columns", NAMES, "The columns, in key order."),
        may("include", NAMES, "Columns carried along in its index."),
        may("deferrable", DEFERRABLE, "When it is checked."),
    ],
};

pub(super) static UNIQUE: Shape = Shape {
    name: "unique",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        must("columns", NAMES, "The columns, in key order."),
        may("include", NAMES, "Columns carried along in its index."),
        may("nullsNotDistinct", Kind::Flag, "Whether NULLs count as equal (PostgreSQL 15)."),
        may("deferrable", DEFERRABLE, "When it is checked."),
    ],
};

pub(super) static CHECK: Shape = Shape {
    name: "check",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        must("expression", Kind::Text, "A condition on each row."),
    ],
};

pub(super) static EXCLUSION: Shape = Shape {
    name: "exclusion",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        may(
            "method",
            Kind::Word(&["gist", "spgist", "btree", "hash"]),
            "The access method of its index; gist when absent.",
        ),
        must(
            "elements",
            Kind::List(&Kind::Object(&EXCLUSION_ELEMENT), MAX_KEY_COLUMNS),
            "The comparisons; no two rows may pass all of them.",
        ),
        may("where", Kind::Text, "Only rows for which this holds are compared."),
        may("deferrable", DEFERRABLE, "When it is checked."),
    ],
};

pub(super) static EXCLUSION_ELEMENT: Shape = Shape {
    name: "element of the exclusion",
    fields: &[
        may("column", Kind::Text, "A column; or give an expression."),
        may("expression", Kind::Text, "An expression over the row."),
        must("operator", Kind::Word(&["=", "<>", "&&", "-|-", "~="]), "How two rows compare."),
        may("operatorClass", Kind::Text, "An operator class by name."),
    ],
};

pub(super) static INDEX: Shape = Shape {
    name: "index",
    fields: &[
        may("name", Kind::Text, "Unique among the tables and indexes."),
        may(
            "method",
            Kind::Word(&["btree", "hash", "gin", "gist", "spgist", "brin"]),
            "The access method.",
        ),
        must(
            "columns",
            Kind::List(&Kind::TextOr(&INDEX_KEY), MAX_KEY_COLUMNS),
            "Columns or expressions.",
        ),
        may("unique", Kind::Flag, "Whether two rows may not have equal keys."),
        may("nullsNotDistinct", Kind::Flag, "Whether NULLs count as equal (PostgreSQL 15)."),
        may("where", Kind::Text, "Only rows for which this holds are indexed."),
        may("include", NAMES, "Columns carried along."),
        may("automatic", Kind::Flag, "Set by the server on indexes it adds for foreign keys."),
    ],
};

pub(super) static INDEX_KEY: Shape = Shape {
    name: "index key",
    fields: &[
        may("column", Kind::Text, "A column; or give an expression."),
        may("expression", Kind::Text, "An expression over the row."),
        may("order", Kind::Word(&["asc", "desc"]), "The direction."),
        may("nulls", Kind::Word(&["first", "last"]), "Where NULLs stand."),
        may("collation", Kind::Text, "A collation by name."),
        may("operatorClass", Kind::Text, "An operator class by name."),
    ],
};

/// A relationship.
pub static RELATIONSHIP: Shape = Shape {
    name: "relationship",
    fields: &[
        may("name", Kind::Text, "The constraint's name."),
        may("type", Kind::Word(&["manyToOne", "oneToOne", "manyToMany"]), "manyToOne when absent."),
        must("from", Kind::Object(&END), "The referencing side."),
        must("to", Kind::Object(&END), "The referenced side."),
        may("through", Kind::Text, "The junction table of a many-to-many."),
        may("onDelete", ACTION, "What happens when the referenced row goes."),
        may("onUpdate", ACTION, "What happens when the referenced key changes."),
        may("deferrable", DEFERRABLE, "When it is checked."),
    ],
};

pub(super) static END: Shape = Shape {
    name: "end of the relationship",
    fields: &[
        must("table", Kind::Text, "The table."),
        may("columns", NAMES, "Its columns; the primary key when absent on the referenced side."),
    ],
};
