//! Rows as they will be, out of rows as they are: what probes look at.

use definition::column_type::Builtin;
use definition::model::Column;
use definition::{ColumnType, Name};
use sql::Sql;

use super::fate::{Convert, Fate, Unwind};
use super::fill::Source;
use super::{Pair, Planner};
use crate::attic::AtticName;

/// A sub-select that gives the wanted columns of a table, and the functions it needs.
pub(super) struct View {
    pub(super) functions: Vec<Sql>,
    pub(super) select: Sql,
}

/// The most levels of unwinding that a look ahead follows: each doubles the expression.
const MAX_LEVELS: usize = 3;

impl Planner<'_> {
    /// The rows of a table as they will be.
    pub(super) fn view(&mut self, pair: Pair) -> View {
        let table = self.situation.after.tables[pair.to].clone();
        let start = self.start.tables[pair.at].name.clone();
        let mut functions = Vec::new();
        let mut select = Sql::of("SELECT ");
        let plain = table.columns.iter().filter(|column| column.generated.is_none());
        for (position, column) in plain.enumerate() {
            let value = self.value_ahead(pair, column, &mut functions);
            select.syntax(if position == 0 { "" } else { ", " });
            select.append(&value).syntax(" AS ").ident(column.name.ident());
        }
        select.syntax(" FROM ").qualified(self.namespace(), start.ident());
        let computed: Vec<&Column> =
            table.columns.iter().filter(|column| column.generated.is_some()).collect();
        if !computed.is_empty() {
            let mut outer = Sql::of("SELECT row_as_it_will_be.*");
            for column in computed {
                if let Some(generated) = &column.generated {
                    outer.syntax(", ").expression(&generated.fragment(self.namespace()));
                    outer.syntax(" AS ").ident(column.name.ident());
                }
            }
            outer.syntax(" FROM (").append(&select).syntax(") row_as_it_will_be");
            select = outer;
        }
        View { functions, select }
    }

    pub(super) fn value_ahead(&mut self, pair: Pair, wanted: &Column, functions: &mut Vec<Sql>) -> Sql {
        let now = self.now.tables[pair.at].columns.iter().position(|now| now.id == wanted.id);
        let Some(at) = now else { return self.first_value(wanted) };
        let start = self.start.tables[pair.at].columns[at].name.clone();
        let read_as = self.now.tables[pair.at].columns[at].name.clone();
        match self.fate(pair.at, at).clone() {
            Fate::Convert(convert) => {
                let careful = Convert { lenient: !convert.total, ..convert };
                let source = Source { reads: &read_as, column: &start };
                self.careful_value(&careful, &source, &wanted.data_type, functions)
            }
            Fate::Unwind(levels) if levels.len() <= MAX_LEVELS => {
                self.unwound(&levels, (&start, &read_as), functions)
            }
            Fate::Uncompute(item) => {
                let mut sql = Sql::of("CASE WHEN ");
                sql.ident(&item.marker()).syntax(" THEN ").ident(&item.ident());
                sql.syntax("::text ELSE ").ident(start.ident()).syntax("::text END::");
                ahead(&wanted.data_type).write(&mut sql, self.namespace());
                sql
            }
            Fate::Unwind(_) => Sql::of("NULL"),
            Fate::Keep
            | Fate::PutAside
            | Fate::Drop
            | Fate::Recompute
            | Fate::Retype(_)
            | Fate::StopComputing
            | Fate::Compute => self.kept(wanted, &start),
        }
    }

    /// A column that stays, or comes back from the attic with its default for later rows.
    fn kept(&self, wanted: &Column, start: &Name) -> Sql {
        let returns = AtticName::parse(start.as_str()).is_some();
        let mut sql = Sql::new();
        match &wanted.default {
            Some(default) if returns && wanted.not_null => {
                sql.syntax("coalesce(").ident(start.ident()).syntax(", ");
                sql.expression(&default.fragment(self.namespace())).syntax(")");
            }
            _ => {
                sql.ident(start.ident());
            }
        }
        sql
    }

    fn first_value(&self, wanted: &Column) -> Sql {
        let mut sql = Sql::new();
        match &wanted.default {
            Some(default) => {
                sql.expression(&default.fragment(self.namespace()));
            }
            None => {
                sql.syntax("NULL::");
                ahead(&wanted.data_type).write(&mut sql, self.namespace());
            }
        }
        sql
    }

    fn careful_value(
        &mut self,
        convert: &Convert,
        source: &Source<'_>,
        to: &ColumnType,
        functions: &mut Vec<Sql>,
    ) -> Sql {
        let (value, function) = self.value(convert, source, &ahead(to));
        functions.extend(function.map(|function| function.create));
        value
    }

    fn unwound(
        &mut self,
        levels: &[Unwind],
        (source, read_as): (&Name, &Name),
        functions: &mut Vec<Sql>,
    ) -> Sql {
        let mut value = Sql::new();
        value.ident(source.ident());
        let mut reads = read_as.clone();
        let mut column = source.clone();
        for (depth, level) in levels.iter().enumerate() {
            let attic = level.item.name();
            let forward =
                Convert { forward: level.forward.clone(), lenient: level.lenient, total: false };
            let there = Source { reads: &level.reads, column: &attic };
            let text = ColumnType::plain(Builtin::Text);
            let held = self.careful_value(&forward, &there, &text, functions);
            let back = if depth == 0 {
                let from = Source { reads: &reads, column: &column };
                self.careful_value(&level.back, &from, &level.column.data_type, functions)
            } else {
                // Only what was not touched can be told ahead at deeper levels.
                Sql::of("NULL")
            };
            let mut case = Sql::of("CASE WHEN (");
            case.append(&value).syntax(")::text IS NOT DISTINCT FROM ").append(&held);
            case.syntax(" THEN ").ident(attic.ident()).syntax(" ELSE ").append(&back).syntax(" END");
            value = case;
            reads = attic.clone();
            column = attic;
        }
        value
    }
}

/// The type that a look ahead gives: an enum may not be there yet, its values are.
fn ahead(data_type: &ColumnType) -> ColumnType {
    if data_type.enum_name().is_some() {
        ColumnType { array: data_type.array, ..ColumnType::plain(Builtin::Text) }
    } else {
        data_type.clone()
    }
}
