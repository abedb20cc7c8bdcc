//! Indexes.

use definition::Name;
use definition::model::{
    Index, IndexKey, IndexMethod, IndexTarget, Key, NullsOrder, SortOrder, Table,
};
use sql::{Ident, Sql};

use super::{collate, column_list, step};
use crate::plan::Step;

/// Creates the index; `position` is that of the table, `at` that of the index in it.
pub(crate) fn create(
    namespace: &Ident,
    table: &Table,
    (index, position, at): (&Index, usize, usize),
) -> Step {
    let mut sql = Sql::of(if index.unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " });
    sql.ident(index.name.ident()).syntax(" ON ").qualified(namespace, table.name.ident());
    rest(&mut sql, namespace, index);
    let mut back = Sql::of("DROP INDEX ");
    back.qualified(namespace, index.name.ident());
    let title = format!("the index `{}` of `{}`", index.name, table.name);
    step(sql, back, format!("tables[{position}].indexes[{at}]"), title)
}

/// `CREATE INDEX CONCURRENTLY "name" ON …`, which runs outside of a transaction.
pub(crate) fn concurrently(
    namespace: &Ident,
    table: &Name,
    (name, index): (&Ident, &Index),
) -> Sql {
    let mut sql = concurrent(namespace, table, (name, index.unique));
    rest(&mut sql, namespace, index);
    sql
}

/// The index of a primary key or a unique constraint, built concurrently.
pub(crate) fn of_key(namespace: &Ident, table: &Name, (name, key): (&Ident, &Key)) -> Sql {
    let mut sql = concurrent(namespace, table, (name, true));
    sql.syntax(" ");
    column_list(&mut sql, &key.columns);
    if !key.include.is_empty() {
        sql.syntax(" INCLUDE ");
        column_list(&mut sql, &key.include);
    }
    if key.nulls_not_distinct {
        sql.syntax(" NULLS NOT DISTINCT");
    }
    sql
}

fn concurrent(namespace: &Ident, table: &Name, (name, unique): (&Ident, bool)) -> Sql {
    let mut sql = Sql::of(if unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " });
    sql.syntax("CONCURRENTLY ").ident(name).syntax(" ON ").qualified(namespace, table.ident());
    sql
}

/// What of an index stands behind its table.
fn rest(sql: &mut Sql, namespace: &Ident, index: &Index) {
    sql.syntax(using(index.method)).syntax("(");
    sql.list(&index.keys, ", ", |sql, item| key(sql, namespace, item));
    sql.syntax(")");
    if !index.include.is_empty() {
        sql.syntax(" INCLUDE ");
        column_list(sql, &index.include);
    }
    if index.nulls_not_distinct {
        sql.syntax(" NULLS NOT DISTINCT");
    }
    if let Some(predicate) = &index.predicate {
        sql.syntax(" WHERE ").expression(&predicate.fragment(namespace));
    }
}

/// ` USING method `.
pub(super) fn using(method: IndexMethod) -> &'static str {
    match method {
        IndexMethod::BTree => " USING btree ",
        IndexMethod::Hash => " USING hash ",
        IndexMethod::Gin => " USING gin ",
        IndexMethod::Gist => " USING gist ",
        IndexMethod::SpGist => " USING spgist ",
        IndexMethod::Brin => " USING brin ",
    }
}

fn key(sql: &mut Sql, namespace: &Ident, key: &IndexKey) {
    target(sql, namespace, &key.target);
    if let Some(collation) = &key.collation {
        collate(sql, collation);
    }
    if let Some(class) = &key.operator_class {
        sql.syntax(" ").ident(class.ident());
    }
    sql.syntax(match key.order {
        SortOrder::Asc => "",
        SortOrder::Desc => " DESC",
    });
    sql.syntax(match key.nulls {
        None => "",
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
    });
}

/// A column, or an expression in brackets.
pub(super) fn target(sql: &mut Sql, namespace: &Ident, target: &IndexTarget) {
    match target {
        IndexTarget::Column(name) => sql.ident(name.ident()),
        IndexTarget::Expression(expression) => {
            sql.syntax("(").expression(&expression.fragment(namespace)).syntax(")")
        }
    };
}
