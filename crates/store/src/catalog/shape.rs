//! What PostgreSQL knows of a namespace.

/// A namespace as it is, without its name.
///
/// Lists are sorted by name, but for the columns of a table, which stand in their physical order;
/// nothing that compares shapes looks at that order.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Who may do what with the namespace itself.
    pub grants: Vec<Grant>,
    /// What lies in it.
    pub contents: Contents,
    /// What waits in the attic or belongs to a change that is going on: everything whose name has
    /// a prefix that no user's name has. No comparison looks at it. A table that is not apart
    /// itself stands here too when some of its parts are, with those parts alone.
    pub apart: Contents,
}

/// What lies in a namespace.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Enumerated types.
    pub enums: Vec<Enum>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Functions and procedures.
    pub functions: Vec<Function>,
    /// Everything else; no definition makes such a thing.
    pub others: Vec<Other>,
}

/// What a role besides the owner may do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role, or `PUBLIC`.
    pub role: String,
    /// `INSERT, SELECT`.
    pub rights: String,
}

/// An enumerated type.
#[derive(Clone, Debug, Default)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Its owner, unless that is the namespace's.
    pub owner: Option<String>,
    /// Its values, in their sort order.
    pub values: Vec<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// Who may use it.
    pub grants: Vec<Grant>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its owner, unless that is the namespace's.
    pub owner: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// What no definition asks of a table: `unlogged`, `row security` …
    pub traits: Vec<String>,
    /// Who may do what with all of it.
    pub grants: Vec<Grant>,
    /// Its columns, in their physical order.
    pub columns: Vec<Column>,
    /// Its constraints, NOT NULL aside.
    pub constraints: Vec<Constraint>,
    /// Its indexes, but for those behind constraints.
    pub indexes: Vec<Index>,
    /// Its triggers, but for those behind foreign keys.
    pub triggers: Vec<Trigger>,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type as PostgreSQL spells it.
    pub data_type: String,
    /// Whether the type is one of the namespace: two types may have one name.
    pub own_type: bool,
    /// Whether NULL is refused.
    pub not_null: bool,
    /// Its default.
    pub default: Option<String>,
    /// What it is computed from.
    pub generated: Option<Generated>,
    /// How it is numbered.
    pub identity: Option<Identity>,
    /// Its collation, when it is not its type's.
    pub collation: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// What no definition asks of a column: a storage, a compression …
    pub traits: Vec<String>,
    /// Who may do what with this column.
    pub grants: Vec<Grant>,
}

/// How a column is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The expression.
    pub expression: String,
    /// Whether it is computed when read. PostgreSQL 18 and newer.
    pub is_virtual: bool,
}

/// How a column is numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Whether only PostgreSQL may set it.
    pub always: bool,
    /// How its sequence counts. The sequence's name, where it began and where it stands are left
    /// out: they are no part of what somebody designed.
    pub sequence: String,
}

/// A constraint.
#[derive(Clone, Debug, Default)]
pub struct Constraint {
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: ConstraintKind,
    /// All of it as PostgreSQL spells it, when it is checked included.
    pub definition: String,
    /// Whether it can be deferred.
    pub deferrable: bool,
    /// Whether it is deferred unless a transaction says otherwise.
    pub deferred: bool,
    /// Whether all rows are known to fulfil it.
    pub validated: bool,
    /// The columns it concerns, in key order.
    pub columns: Vec<String>,
    /// What a foreign key refers to.
    pub reference: Option<Reference>,
    /// What a check demands.
    pub expression: Option<String>,
    /// The index behind a key or an exclusion.
    pub index: Option<Index>,
    /// Its comment.
    pub comment: Option<String>,
    /// What no definition asks of a constraint: `MATCH FULL`, `NO INHERIT` …
    pub traits: Vec<String>,
}

/// The kinds of constraints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConstraintKind {
    /// A condition on each row.
    #[default]
    Check,
    /// What identifies a row.
    PrimaryKey,
    /// What may not repeat.
    Unique,
    /// What no two rows may share.
    Exclusion,
    /// A foreign key.
    ForeignKey,
    /// NOT NULL that rows may still break. PostgreSQL 18 and newer.
    NotNull,
}

/// The referenced side of a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The table.
    pub table: String,
    /// Whether the table is of another namespace.
    pub elsewhere: bool,
    /// Its columns, in key order.
    pub columns: Vec<String>,
    /// PostgreSQL's letter for what happens when the referenced row goes.
    pub on_delete: char,
    /// PostgreSQL's letter for what happens when the referenced key changes.
    pub on_update: char,
}

/// An index.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// All of it as PostgreSQL spells it.
    pub definition: String,
    /// Its access method.
    pub method: String,
    /// Whether equal keys are refused.
    pub unique: bool,
    /// Whether NULLs count as equal.
    pub nulls_not_distinct: bool,
    /// Whether it is complete, so that queries use it.
    pub valid: bool,
    /// What is indexed, in order.
    pub keys: Vec<IndexKey>,
    /// Columns carried along.
    pub include: Vec<String>,
    /// Which rows are in it.
    pub predicate: Option<String>,
    /// The comparisons of an exclusion, one for each key.
    pub operators: Vec<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// What no definition asks of an index: storage parameters, a tablespace …
    pub traits: Vec<String>,
}

/// A key of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexKey {
    /// The column, unless it is an expression.
    pub column: Option<String>,
    /// The column or the expression as PostgreSQL spells it.
    pub text: String,
    /// Its collation, when it is not the one its values have.
    pub collation: Option<String>,
    /// Its operator class, when it is not the default.
    pub operator_class: Option<String>,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Whether NULLs come first.
    pub nulls_first: bool,
}

/// A trigger.
#[derive(Clone, Debug, Default)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// All of it as PostgreSQL spells it.
    pub definition: String,
    /// When it does not fire as usual, how it does.
    pub enabled: Option<&'static str>,
    /// The function it calls.
    pub function: String,
}

/// A function or a procedure.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it takes; functions of one name differ in it.
    pub arguments: String,
    /// All of it as PostgreSQL spells it.
    pub definition: String,
    /// What stands between its beginning and its end.
    pub source: String,
    /// Its owner, unless that is the namespace's.
    pub owner: Option<String>,
    /// Who may call it, when that is not everybody.
    pub grants: Vec<Grant>,
}

/// A thing that no definition makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Other {
    /// What it is, in PostgreSQL's words: `view`, `sequence`, `policy` …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The table it belongs to.
    pub table: Option<String>,
}

impl Contents {
    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|item| item.name == name)
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.enums.is_empty()
            && self.tables.is_empty()
            && self.functions.is_empty()
            && self.others.is_empty()
    }
}

impl Table {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The constraint of this name.
    pub fn constraint(&self, name: &str) -> Option<&Constraint> {
        self.constraints.iter().find(|constraint| constraint.name == name)
    }

    /// The index of this name, unless a constraint stands before it.
    pub fn index(&self, name: &str) -> Option<&Index> {
        self.indexes.iter().find(|index| index.name == name)
    }
}
