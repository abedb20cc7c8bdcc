//! Rows as they will be, out of rows as they are: what probes look at.

use definition::column_type::Builtin;
use definition::model::Column;
use definition::{ColumnType, Name};
use sql::{Ident, Sql};

use super::fate::{Convert, Fate, Unwind};
use super::fill::Source;
use super::{Pair, Planner};
use crate::attic::AtticName;

/// A sub-select that gives the wanted columns of a table, and the functions it needs.
pub(super) struct View {
    pub(super) functions: Vec<Sql>,
    pub(super) select: Sql,
}

/// A look ahead in the making.
#[derive(Default)]
pub(super) struct Look {
    pub(super) functions: Vec<Sql>,
    /// Columns that others read, one inside the other.
    layers: Vec<(Name, Sql)>,
}

impl Look {
    /// The table with its layers, as it stands behind FROM.
    pub(super) fn from(&self, namespace: &Ident, table: &Name) -> Sql {
        let mut from = Sql::new();
        from.qualified(namespace, table.ident());
        for (name, value) in &self.layers {
            let mut layer = Sql::of("(SELECT *, ");
            layer.append(value).syntax(" AS ").ident(name.ident()).syntax(" FROM ").append(&from);
            layer.syntax(") ").ident(name.ident());
            from = layer;
        }
        from
    }
}

impl Planner<'_> {
    /// The rows of a table as they will be.
    pub(super) fn view(&mut self, pair: Pair) -> View {
        let table = self.situation.after.tables[pair.to].clone();
        let start = self.start.tables[pair.at].name.clone();
        let mut look = Look::default();
        let mut select = Sql::of("SELECT ");
        let plain = table.columns.iter().filter(|column| column.generated.is_none());
        for (position, column) in plain.enumerate() {
            let value = self.value_ahead(pair, column, &mut look);
            select.syntax(if position == 0 { "" } else { ", " });
            select.append(&value).syntax(" AS ").ident(column.name.ident());
        }
        select.syntax(" FROM ").append(&look.from(self.namespace(), &start));
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
        View { functions: look.functions, select }
    }

    pub(super) fn value_ahead(&mut self, pair: Pair, wanted: &Column, look: &mut Look) -> Sql {
        let now = self.now.tables[pair.at].columns.iter().position(|now| now.id == wanted.id);
        let Some(at) = now else { return self.first_value(wanted) };
        let start = self.start.tables[pair.at].columns[at].name.clone();
        let read_as = self.now.tables[pair.at].columns[at].name.clone();
        match self.fate(pair.at, at).clone() {
            Fate::Convert(convert) => {
                let careful = Convert { lenient: !convert.total, ..convert };
                let source = Source { reads: &read_as, column: &start };
                self.careful_value(&careful, &source, &wanted.data_type, look)
            }
            Fate::Unwind(levels) => self.unwound(&levels, (&start, &read_as), look),
            Fate::Uncompute(item) => {
                let mut sql = Sql::of("CASE WHEN ");
                sql.ident(&item.marker()).syntax(" THEN ").ident(&item.ident());
                sql.syntax("::text ELSE ").ident(start.ident()).syntax("::text END::");
                ahead(&wanted.data_type).write(&mut sql, self.namespace());
                sql
            }
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
        look: &mut Look,
    ) -> Sql {
        let (value, function) = self.value(convert, source, &ahead(to));
        look.functions.extend(function.map(|function| function.create));
        self.only_values(value, to)
    }

    /// A text that is no value of the wanted enum is no value at all.
    fn only_values(&self, value: Sql, to: &ColumnType) -> Sql {
        let item = to.enum_name().and_then(|name| self.after().enumeration(name.as_str()));
        let Some(item) = item else { return value };
        let mut sql = Sql::of("CASE WHEN ");
        sql.append(&value).syntax(if to.array { " <@ ARRAY[" } else { " IN (" });
        sql.list(&item.values, ", ", |sql, value| {
            sql.literal(value.name.as_str());
        });
        sql.syntax(if to.array { "]::text[] THEN " } else { ") THEN " });
        sql.append(&value).syntax(" END");
        sql
    }

    fn unwound(
        &mut self,
        levels: &[Unwind],
        (source, read_as): (&Name, &Name),
        look: &mut Look,
    ) -> Sql {
        let mut source = (source.clone(), read_as.clone());
        for level in levels {
            let attic = level.item.name();
            let there = Source { reads: &level.reads, column: &attic };
            let text = ColumnType::plain(Builtin::Text);
            let held = self.careful_value(&level.forwards(), &there, &text, look);
            let from = Source { reads: &source.1, column: &source.0 };
            let back = self.careful_value(&level.back, &from, &level.column.data_type, look);
            let mut value = Sql::of("CASE WHEN ");
            value.append(&self.labels_then(&source.0, level.item));
            value.syntax(" IS NOT DISTINCT FROM ").append(&held).syntax(" THEN ");
            value.ident(attic.ident()).syntax("::");
            ahead(&level.column.data_type).write(&mut value, self.namespace());
            value.syntax(" ELSE ").append(&back).syntax(" END");
            let name = self.temporary_name();
            let layer = Name::new(name.as_str()).expect("an identifier is a name");
            look.layers.push((layer.clone(), value));
            source = (layer, attic);
        }
        let mut sql = Sql::new();
        sql.ident(source.0.ident());
        sql
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
