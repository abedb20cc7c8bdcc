//! Tables with their columns, keys, checks and indexes.

use definition::model;
use serde_json::Value;

use super::super::items::Kind;
use super::super::shape::{Column, Constraint, ConstraintKind, Index, IndexKey, Table, Trigger};
use super::object::Object;
use super::{Adoption, in_order};

impl Adoption<'_> {
    pub(super) fn tables(&mut self) -> Vec<Value> {
        let before = self.before.into_iter().flat_map(|before| &before.tables);
        let before = before.map(|table| table.name.as_str());
        let tables = in_order(&self.contents.tables, |table| &table.name, before);
        tables.into_iter().map(|table| self.table(table)).collect()
    }

    fn table(&mut self, table: &Table) -> Value {
        let what = ["the table `", &table.name, "`"].concat();
        self.findings.owner(&what, table.owner.as_deref());
        self.findings.without("table_settings", &what, &table.traits);
        let before = self.before.and_then(|before| before.table(&table.name));
        Object::default()
            .maybe("id", before.map(|before| before.id.as_str()))
            .set("name", table.name.as_str())
            .maybe("description", table.comment.clone())
            .set("columns", self.columns(table, before))
            .maybe("primaryKey", self.primary_key(table))
            .list("uniques", self.uniques(table, before))
            .list("checks", self.checks(table, before))
            .list("exclusions", self.exclusions(table, before))
            .list("indexes", self.indexes(table, before))
            .maybe("trackUpdates", self.track_updates(table))
            .done()
    }

    fn columns(&mut self, table: &Table, before: Option<&model::Table>) -> Vec<Value> {
        let before = before.into_iter().flat_map(|before| &before.columns);
        let before = before.map(|column| column.name.as_str());
        let columns = in_order(&table.columns, |column| &column.name, before);
        columns.into_iter().map(|column| self.column(table, column)).collect()
    }

    fn column(&mut self, table: &Table, column: &Column) -> Value {
        let what = of("the column", &column.name, table);
        self.findings.without("column_settings", &what, &column.traits);
        if let Some(Value::Object(mut kept)) =
            self.kept.get(Some(&table.name), Kind::Column, &column.name)
        {
            // The key is said with the table.
            kept.remove("primaryKey");
            kept.insert("notNull".to_owned(), column.not_null.into());
            return Value::Object(kept);
        }
        let generated = column.generated.as_ref();
        if generated.is_some_and(|generated| generated.is_virtual) {
            let how = ["computation when it is read".to_owned()];
            self.findings.without("virtual_column", &what, &how);
        }
        self.numbering(&what, column);
        Object::default()
            .set("name", column.name.as_str())
            .set("type", self.column_type(column))
            .flag("notNull", column.not_null)
            .maybe("default", column.default.clone())
            .maybe("generated", generated.map(|generated| generated.expression.clone()))
            .maybe("identity", column.identity.as_ref().map(|it| identity(it.always).word()))
            .maybe("collation", column.collation.clone())
            .maybe("description", column.comment.clone())
            .done()
    }

    /// A type of PostgreSQL that an enum of the namespace hides keeps its namespace, which tells
    /// the two apart.
    fn column_type(&self, column: &Column) -> String {
        let hidden = !column.own_type
            && self.contents.enumeration(column.data_type.trim_end_matches("[]")).is_some();
        [if hidden { "pg_catalog." } else { "" }, &column.data_type].concat()
    }

    fn numbering(&mut self, what: &str, column: &Column) {
        let Some(identity) = &column.identity else { return };
        let most = match column.data_type.as_str() {
            "smallint" => "32767",
            "integer" => "2147483647",
            _ => "9223372036854775807",
        };
        let usual = [column.data_type.as_str(), ", by 1 from 1 to ", most, ", cache 1"].concat();
        if identity.sequence != usual {
            let told = ["numbering ".to_owned() + &identity.sequence];
            self.findings.without("numbering", what, &told);
        }
    }

    fn constraints(table: &Table, kind: ConstraintKind) -> impl Iterator<Item = &Constraint> {
        table.constraints.iter().filter(move |constraint| constraint.kind == kind)
    }

    fn primary_key(&mut self, table: &Table) -> Option<Value> {
        let key = Self::constraints(table, ConstraintKind::PrimaryKey).next()?;
        self.constraint_findings(table, key, "the primary key");
        Some(key_object(key))
    }

    fn uniques(&mut self, table: &Table, before: Option<&model::Table>) -> Vec<Value> {
        let before = before.into_iter().flat_map(|before| &before.uniques);
        let before: Vec<&str> = before.map(|key| key.name.as_str()).collect();
        self.each(table, ConstraintKind::Unique, before, |adoption, key| {
            adoption.constraint_findings(table, key, "the unique constraint");
            let kept = adoption.kept.get(Some(&table.name), Kind::Unique, &key.name);
            kept.unwrap_or_else(|| key_object(key))
        })
    }

    fn checks(&mut self, table: &Table, before: Option<&model::Table>) -> Vec<Value> {
        let before = before.into_iter().flat_map(|before| &before.checks);
        let before: Vec<&str> = before.map(|check| check.name.as_str()).collect();
        self.each(table, ConstraintKind::Check, before, |adoption, check| {
            adoption.constraint_findings(table, check, "the check");
            let kept = adoption.kept.get(Some(&table.name), Kind::Check, &check.name);
            kept.unwrap_or_else(|| {
                Object::default()
                    .set("name", check.name.as_str())
                    .maybe("expression", check.expression.clone())
                    .done()
            })
        })
    }

    fn exclusions(&mut self, table: &Table, before: Option<&model::Table>) -> Vec<Value> {
        let before = before.into_iter().flat_map(|before| &before.exclusions);
        let before: Vec<&str> = before.map(|exclusion| exclusion.name.as_str()).collect();
        self.each(table, ConstraintKind::Exclusion, before, |adoption, exclusion| {
            adoption.constraint_findings(table, exclusion, "the exclusion");
            let kept = adoption.kept.get(Some(&table.name), Kind::Exclusion, &exclusion.name);
            kept.unwrap_or_else(|| exclusion_object(exclusion))
        })
    }

    /// Writes each constraint of a kind, those of before in their order.
    fn each(
        &mut self,
        table: &Table,
        kind: ConstraintKind,
        before: Vec<&str>,
        mut write: impl FnMut(&mut Self, &Constraint) -> Value,
    ) -> Vec<Value> {
        let ordered = in_order(&table.constraints, |it| &it.name, before);
        let of_kind = ordered.into_iter().filter(|constraint| constraint.kind == kind);
        of_kind.map(|constraint| write(self, constraint)).collect()
    }

    pub(super) fn constraint_findings(
        &mut self,
        table: &Table,
        constraint: &Constraint,
        word: &str,
    ) {
        let what = of(word, &constraint.name, table);
        self.findings.without("constraint_settings", &what, &constraint.traits);
        if !constraint.validated {
            let gap = ["leave to be broken by old rows".to_owned()];
            self.findings.without("not_validated", &what, &gap);
        }
        if constraint.comment.is_some() {
            self.findings.without("comment", &what, &["comment".to_owned()]);
        }
        if let Some(index) = &constraint.index {
            self.index_findings(&what, index);
        }
    }

    fn index_findings(&mut self, what: &str, index: &Index) {
        self.findings.without("index_settings", what, &index.traits);
        if index.comment.is_some() {
            self.findings.without("comment", what, &["comment".to_owned()]);
        }
        if !index.valid {
            let gap = ["gaps: it was never completed".to_owned()];
            self.findings.without("invalid_index", what, &gap);
        }
    }

    fn indexes(&mut self, table: &Table, before: Option<&model::Table>) -> Vec<Value> {
        let automatic = |name: &str| {
            let indexes = before.into_iter().flat_map(|before| &before.indexes);
            indexes.into_iter().any(|index| index.name.as_str() == name && index.automatic)
        };
        let names = before.into_iter().flat_map(|before| &before.indexes);
        let names = names.map(|index| index.name.as_str());
        let mut objects = Vec::new();
        for index in in_order(&table.indexes, |index| &index.name, names) {
            self.index_findings(&of("the index", &index.name, table), index);
            let kept = self.kept.get(Some(&table.name), Kind::Index, &index.name);
            let object = kept.unwrap_or_else(|| index_object(index, automatic(&index.name)));
            objects.push(object);
        }
        objects
    }

    /// The column that the trigger of the table sets to the time of an update.
    fn track_updates(&mut self, table: &Table) -> Option<String> {
        let mut column = None;
        for trigger in &table.triggers {
            match self.touched_column(trigger) {
                Some(touched) => column = Some(touched),
                None => self.findings.left_out("trigger", of("the trigger", &trigger.name, table)),
            }
        }
        column
    }

    /// Of our own triggers alone: what they call must be as we made it.
    fn touched_column(&self, trigger: &Trigger) -> Option<String> {
        let ours = trigger.name == migration::TOUCH && trigger.enabled.is_none();
        let mut functions = self.contents.functions.iter();
        let function = functions.find(|function| ours && function.name == trigger.function)?;
        let column = function.source.strip_prefix("BEGIN NEW.\"")?;
        let column = column.strip_suffix("\" := pg_catalog.now(); RETURN NEW; END")?;
        Some(column.replace("\"\"", "\""))
    }
}

fn of(word: &str, name: &str, table: &Table) -> String {
    [word, " `", name, "` of `", &table.name, "`"].concat()
}

fn identity(always: bool) -> model::Identity {
    if always { model::Identity::Always } else { model::Identity::ByDefault }
}

/// The word of a constraint that can be deferred.
pub(super) fn deferrable(constraint: &Constraint) -> Option<&'static str> {
    let choice = match (constraint.deferrable, constraint.deferred) {
        (false, _) => return None,
        (true, false) => model::Deferrable::InitiallyImmediate,
        (true, true) => model::Deferrable::InitiallyDeferred,
    };
    Some(choice.word())
}

fn key_object(key: &Constraint) -> Value {
    let index = key.index.as_ref();
    Object::default()
        .set("name", key.name.as_str())
        .set("columns", key.columns.clone())
        .list("include", index.map(|index| index.include.clone()).unwrap_or_default())
        .flag("nullsNotDistinct", index.is_some_and(|index| index.nulls_not_distinct))
        .maybe("deferrable", deferrable(key))
        .done()
}

fn exclusion_object(exclusion: &Constraint) -> Value {
    let index = exclusion.index.clone().unwrap_or_default();
    let elements = index.keys.iter().zip(&index.operators).map(|(key, operator)| {
        target(key)
            .maybe("operatorClass", key.operator_class.clone())
            .set("operator", operator.as_str())
            .done()
    });
    Object::default()
        .set("name", exclusion.name.as_str())
        .set("method", index.method.as_str())
        .set("elements", elements.collect::<Vec<_>>())
        .maybe("where", index.predicate.clone())
        .maybe("deferrable", deferrable(exclusion))
        .done()
}

fn index_object(index: &Index, automatic: bool) -> Value {
    Object::default()
        .set("name", index.name.as_str())
        .set("method", index.method.as_str())
        .set("columns", index.keys.iter().map(key).collect::<Vec<_>>())
        .flag("unique", index.unique)
        .flag("nullsNotDistinct", index.nulls_not_distinct)
        .maybe("where", index.predicate.clone())
        .list("include", index.include.clone())
        .flag("automatic", automatic)
        .done()
}

fn key(key: &IndexKey) -> Value {
    // NULLs count as the largest unless somebody says otherwise.
    let nulls = match (key.descending, key.nulls_first) {
        (false, true) => Some(model::NullsOrder::First.word()),
        (true, false) => Some(model::NullsOrder::Last.word()),
        (false, false) | (true, true) => None,
    };
    target(key)
        .maybe("collation", key.collation.clone())
        .maybe("operatorClass", key.operator_class.clone())
        .maybe("order", key.descending.then(|| model::SortOrder::Desc.word()))
        .maybe("nulls", nulls)
        .done()
}

fn target(key: &IndexKey) -> Object {
    match &key.column {
        Some(column) => Object::default().set("column", column.as_str()),
        None => Object::default().set("expression", key.text.as_str()),
    }
}
