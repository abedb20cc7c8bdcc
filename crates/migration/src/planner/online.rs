//! The same for large tables, while reads and writes go on.
//!
//! What takes long happens before the one transaction, each step by itself: indexes are built
//! concurrently, constraints are added without looking at the rows and validated afterwards, values
//! are converted batch by batch while a trigger keeps new ones in step. All of it stands under
//! names of our own, in the names that tables and columns have until then.

use std::collections::BTreeMap;

use definition::Name;
use definition::model::{Column, Relationship};
use sql::{Ident, Sql};

use super::build::{Slot, draft, helper, path_of};
use super::columns::Place;
use super::fate::{Convert, Fate};
use super::fill::Source;
use super::objects::{Object, objects};
use super::{Pair, Planner};
use crate::attic::AtticName;
use crate::plan::{Estimate, LockMode, Run, Stage};
use crate::renames::{Names, Renames};
use crate::render;

impl Planner<'_> {
    /// Names as they are before the transaction, for things said in those after it. Nothing when a
    /// column is not there before.
    fn until_then(&self, pairs: &[Pair], columns: &[(usize, &Name)]) -> Option<Renames> {
        let mut tables = Names::new();
        let mut inside: BTreeMap<Name, Names> = BTreeMap::new();
        for pair in pairs {
            let wanted = &self.situation.after.tables[pair.to];
            tables.insert(wanted.name.clone(), self.start.tables[pair.at].name.clone());
            let mut names = Names::new();
            for column in &wanted.columns {
                if let Some(name) = self.name_until_then(*pair, column) {
                    names.insert(column.name.clone(), name);
                }
            }
            let missing =
                columns.iter().any(|(at, name)| *at == pair.at && !names.contains_key(*name));
            if missing {
                return None;
            }
            inside.insert(wanted.name.clone(), names);
        }
        let enums = self.start.enums.iter().zip(&self.now.enums);
        let enums = enums.map(|(start, now)| (now.name.clone(), start.name.clone())).collect();
        Some(Renames::given(tables, enums, inside))
    }

    fn name_until_then(&self, pair: Pair, wanted: &Column) -> Option<Name> {
        let at = self.now.tables[pair.at].columns.iter().position(|now| now.id == wanted.id)?;
        match self.fate(pair.at, at) {
            Fate::Keep | Fate::Retype(super::fate::Retype::Catalog) | Fate::StopComputing => {
                Some(self.start.tables[pair.at].columns[at].name.clone())
            }
            Fate::Convert(_) => self.replacements.get(&(pair.at, at)).cloned(),
            Fate::PutAside
            | Fate::Drop
            | Fate::Recompute
            | Fate::Retype(super::fate::Retype::Text)
            | Fate::Unwind(_)
            | Fate::Compute
            | Fate::Uncompute(_) => None,
        }
    }

    /// A key, a check or an index of a large table; false when it cannot be done apart.
    pub(super) fn plan_putting_on_online(
        &mut self,
        pair: Pair,
        position: usize,
        object: Object<'_>,
    ) -> bool {
        if object.says_enums().into_iter().any(|name| self.is_remade(name)) {
            return false;
        }
        let used: Vec<(usize, &Name)> =
            object.all_columns().into_iter().map(|it| (pair.at, it)).collect();
        let names = self.until_then(&[pair], &used);
        match (object, names) {
            (Object::Primary(_) | Object::Unique(_), Some(names)) => {
                self.plan_key_online(pair, position, &names);
                true
            }
            (Object::Index(_), Some(names)) => {
                self.plan_index_online(pair, position, &names);
                true
            }
            // An index that may not find two rows alike is never built after the version changed.
            (Object::Index(index), None) if !index.unique => {
                self.plan_index_afterwards(pair, position);
                true
            }
            (Object::Check(_), Some(names)) => {
                self.plan_check_online(pair, position, &names);
                true
            }
            _ => false,
        }
    }

    /// `CREATE [UNIQUE] INDEX CONCURRENTLY temporary …`, and its name once the old one is gone.
    fn plan_index_online(&mut self, pair: Pair, position: usize, names: &Renames) {
        let wanted = self.situation.after.tables[pair.to].clone();
        let Object::Index(index) = objects(&wanted)[position] else { return };
        let temporary = self.temporary_name();
        let until = names.index(&wanted.name, index);
        let table = self.start.tables[pair.at].name.clone();
        self.build_apart(
            pair,
            &render::indexes::concurrently(self.namespace(), &table, (&temporary, &until)),
            &temporary,
        );
        let (from, to) = (temporary, index.name.ident());
        let namespace = self.namespace();
        let rename = |from: &Ident, to: &Ident| render::names::index(namespace, from, to);
        let title = format!("the index `{}` of `{}`", index.name, wanted.name);
        let called = draft(rename(&from, to), rename(to, &from), title);
        self.add(Slot::Attach, called.at([&path_of(pair.to), ".indexes"].concat()));
    }

    fn build_apart(&mut self, pair: Pair, sql: &Sql, index: &Ident) {
        let table = self.start.tables[pair.at].name.clone();
        let mut back = Sql::of("DROP INDEX CONCURRENTLY IF EXISTS ");
        back.qualified(self.namespace(), index);
        let built = draft(sql.clone(), back, format!("an index of `{table}`"))
            .stage(Stage::Prepare)
            .run(Run::Alone)
            .scans(Estimate::index(self.size(pair.at)));
        self.add(Slot::Attach, built.locks(&table, LockMode::ShareUpdateExclusive));
    }

    fn plan_index_afterwards(&mut self, pair: Pair, position: usize) {
        let wanted = self.situation.after.tables[pair.to].clone();
        let Object::Index(index) = objects(&wanted)[position] else { return };
        let name = index.name.ident();
        let sql = render::indexes::concurrently(self.namespace(), &wanted.name, (name, index));
        let mut back = Sql::of("DROP INDEX CONCURRENTLY IF EXISTS ");
        back.qualified(self.namespace(), name);
        let built = draft(sql, back, format!("the index `{}` of `{}`", index.name, wanted.name))
            .at(path_of(pair.to))
            .stage(Stage::Finish)
            .run(Run::Alone)
            .scans(Estimate::index(self.size(pair.at)));
        self.add(Slot::Attach, built.locks(&wanted.name, LockMode::ShareUpdateExclusive));
    }

    /// The index of a key is built apart; the constraint then takes it over at once.
    fn plan_key_online(&mut self, pair: Pair, position: usize, names: &Renames) {
        let wanted = self.situation.after.tables[pair.to].clone();
        let object = objects(&wanted)[position];
        let (Object::Primary(key) | Object::Unique(key)) = object else { return };
        let temporary = self.temporary_name();
        let table = self.start.tables[pair.at].name.clone();
        let until = names.key(&wanted.name, key);
        let index = render::indexes::of_key(self.namespace(), &table, (&temporary, &until));
        self.build_apart(pair, &index, &temporary);
        let mut sql = render::alter_table(self.namespace(), &wanted.name);
        sql.syntax("ADD CONSTRAINT ").ident(key.name.ident());
        let primary = matches!(object, Object::Primary(_));
        sql.syntax(if primary { " PRIMARY KEY USING INDEX " } else { " UNIQUE USING INDEX " });
        sql.ident(&temporary);
        render::constraints::deferrable(&mut sql, key.deferrable);
        let back = render::drop_constraint(self.namespace(), &wanted.name, &key.name);
        let title = format!("the key `{}` of `{}`", key.name, wanted.name);
        let path = path_of(pair.to) + if primary { ".primaryKey" } else { ".uniques" };
        let taken = draft(sql, back, title).at(path).locks(&wanted.name, LockMode::AccessExclusive);
        self.add(Slot::Attach, taken);
    }

    /// A check is added apart under a name of ours and validated, so that the one of the right name
    /// can be added without a look, and validated when nothing can be found any more.
    fn plan_check_online(&mut self, pair: Pair, position: usize, names: &Renames) {
        let wanted = self.situation.after.tables[pair.to].clone();
        let Object::Check(check) = objects(&wanted)[position] else { return };
        let body = |expression: &definition::Expression| {
            let mut body = Sql::of("CHECK (");
            body.expression(&expression.fragment(self.situation.namespace)).syntax(")");
            body
        };
        let until = body(&names.check(&wanted.name, check).expression);
        let then = body(&check.expression);
        let title = format!("the check `{}` of `{}`", check.name, wanted.name);
        let path = [&path_of(pair.to), ".checks"].concat();
        self.plan_validated(pair, (&until, &then), &check.name, (title, path));
    }

    /// A foreign key of a large table; false when it cannot be done apart.
    pub(super) fn plan_relating_online(
        &mut self,
        at: usize,
        to: usize,
        relationship: &Relationship,
    ) -> bool {
        let pairs = self.pairs();
        let Some(from) = pairs.iter().copied().find(|pair| pair.at == at) else { return false };
        let target = pairs
            .iter()
            .copied()
            .find(|pair| self.situation.after.tables[pair.to].name == relationship.to.table);
        let Some(target) = target else { return false };
        let columns = |pair: Pair, names: &'_ [Name]| -> Vec<(usize, Name)> {
            names.iter().map(|name| (pair.at, name.clone())).collect()
        };
        let mut used = columns(from, &relationship.from.columns);
        used.extend(columns(target, &relationship.to.columns));
        let used: Vec<(usize, &Name)> = used.iter().map(|(at, name)| (*at, name)).collect();
        let has_key = self.key_stays(target, &relationship.to.columns);
        let Some(names) = self.until_then(&[from, target], &used).filter(|_| has_key) else {
            return false;
        };
        let until =
            render::relationships::body(self.namespace(), &names.relationship(relationship));
        let then = render::relationships::body(self.namespace(), relationship);
        let title =
            format!("the relationship `{}` of `{}`", relationship.name, relationship.from.table);
        let path = ["relationships[", &to.to_string(), "]"].concat();
        self.plan_validated(from, (&until, &then), &relationship.name, (title, path));
        true
    }

    /// Whether what a foreign key refers to is a key before, too.
    fn key_stays(&self, target: Pair, columns: &[Name]) -> bool {
        let now = &self.now.tables[target.at];
        let keys = now.primary_key.iter().chain(&now.uniques);
        keys.into_iter().any(|key| {
            key.columns.len() == columns.len() && columns.iter().all(|it| key.columns.contains(it))
        })
    }

    fn plan_validated(
        &mut self,
        pair: Pair,
        (until, then): (&Sql, &Sql),
        name: &Name,
        (title, path): (String, String),
    ) {
        let namespace = self.namespace();
        let before = self.start.tables[pair.at].name.clone();
        let wanted = self.situation.after.tables[pair.to].name.clone();
        let temporary = Name::new(self.temporary_name().as_str()).expect("an identifier is a name");
        let scan = Estimate::scan(self.size(pair.at));
        let mut gone = render::alter_table(namespace, &before);
        gone.syntax("DROP CONSTRAINT IF EXISTS ").ident(temporary.ident());
        let unseen = |table: &Name, name: &Name, body: &Sql| {
            let mut sql = render::alter_table(namespace, table);
            sql.syntax("ADD CONSTRAINT ").ident(name.ident()).syntax(" ").append(body);
            sql.syntax(" NOT VALID");
            sql
        };
        let look = |table: &Name, name: &Name| {
            let mut sql = render::alter_table(namespace, table);
            sql.syntax("VALIDATE CONSTRAINT ").ident(name.ident());
            sql
        };
        let added = draft(unseen(&before, &temporary, until), gone, title.clone())
            .at(path.clone())
            .stage(Stage::Prepare);
        self.add(Slot::Attach, added.locks(&before, LockMode::ShareRowExclusive));
        let seen = helper(look(&before, &temporary), title.clone())
            .at(path.clone())
            .stage(Stage::Prepare)
            .scans(scan);
        self.add(Slot::Attach, seen.locks(&before, LockMode::ShareUpdateExclusive));
        let back = render::drop_constraint(namespace, &wanted, name);
        let named = draft(unseen(&wanted, name, then), back, title.clone()).at(path.clone());
        self.add(Slot::Relate, named.locks(&wanted, LockMode::ShareRowExclusive));
        let drop = render::drop_constraint(namespace, &wanted, &temporary);
        let dropped = helper(drop, title.clone());
        let valid = helper(look(&wanted, name), title).at(path).stage(Stage::Finish).scans(scan);
        self.add(Slot::Relate, valid.locks(&wanted, LockMode::ShareUpdateExclusive));
        self.add(
            Slot::Relate,
            dropped.stage(Stage::Finish).locks(&wanted, LockMode::AccessExclusive),
        );
    }

    /// PostgreSQL does not look at the rows again when a check says the same already.
    pub(super) fn plan_not_null_online(&mut self, pair: Pair, at: usize, wanted: &Column) -> bool {
        if *self.fate(pair.at, at) != Fate::Keep {
            return false;
        }
        let namespace = self.namespace();
        let column = self.start.tables[pair.at].columns[at].name.clone();
        if AtticName::parse(column.as_str()).is_some()
            || self.situation.remedies.of(&self.subject(pair, at)).is_some()
        {
            return false;
        }
        let before = self.start.tables[pair.at].name.clone();
        let after = self.situation.after.tables[pair.to].name.clone();
        let temporary = self.temporary_name();
        let title = format!("whether `{}` of `{after}` may be empty", wanted.name);
        let path = self.column_path(pair, wanted);
        let mut add = render::alter_table(namespace, &before);
        add.syntax("ADD CONSTRAINT ").ident(&temporary).syntax(" CHECK (").ident(column.ident());
        add.syntax(" IS NOT NULL) NOT VALID");
        let mut gone = render::alter_table(namespace, &before);
        gone.syntax("DROP CONSTRAINT IF EXISTS ").ident(&temporary);
        let mut look = render::alter_table(namespace, &before);
        look.syntax("VALIDATE CONSTRAINT ").ident(&temporary);
        let added = draft(add, gone, title.clone()).at(path.clone()).stage(Stage::Prepare);
        self.add(Slot::Alter, added.locks(&before, LockMode::ShareRowExclusive));
        let scan = Estimate::scan(self.size(pair.at));
        let seen = helper(look, title.clone()).at(path).stage(Stage::Prepare).scans(scan);
        self.add(Slot::Alter, seen.locks(&before, LockMode::ShareUpdateExclusive));
        let mut drop = render::alter_table(namespace, &after);
        drop.syntax("DROP CONSTRAINT ").ident(&temporary);
        self.add(Slot::Rest, helper(drop, title).locks(&after, LockMode::AccessExclusive));
        true
    }

    /// A column is converted beside the old one, batch by batch, and takes its place at the end.
    pub(super) fn plan_convert_online(
        &mut self,
        place: &Place<'_>,
        convert: &Convert,
        name: AtticName,
    ) -> bool {
        let Place { pair, at, now, wanted } = place;
        let to_new_enum =
            wanted.data_type.enum_name().is_some_and(|it| self.is_remade(it.as_str()));
        if to_new_enum || now.identity.is_some() {
            return false;
        }
        let replacement = self.replacement(*pair, *at);
        let column = self.start.tables[pair.at].columns[*at].name.clone();
        let source = Source { reads: &now.name, column: &column };
        let (value, function) = self.value(convert, &source, &wanted.data_type);
        if function.is_some() {
            self.replacements.remove(&(pair.at, *at));
            return false;
        }
        self.prepare_beside(place, (&column, &replacement), (convert, &value));
        self.switch_to(place, &replacement, name);
        true
    }

    /// The name under which a column is made ready.
    fn replacement(&mut self, pair: Pair, at: usize) -> Name {
        let ident = self.temporary_name();
        let name = Name::new(ident.as_str()).expect("an identifier is a name");
        self.replacements.insert((pair.at, at), name.clone());
        name
    }

    fn prepare_beside(
        &mut self,
        place: &Place<'_>,
        (column, replacement): (&Name, &Name),
        (convert, value): (&Convert, &Sql),
    ) {
        let Place { pair, now, wanted, .. } = place;
        let namespace = self.namespace();
        let table = self.start.tables[pair.at].name.clone();
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let write = Estimate::write(self.size(pair.at));
        let mut gone = render::alter_table(namespace, &table);
        gone.syntax("DROP COLUMN IF EXISTS ").ident(replacement.ident());
        let add = render::columns::add(namespace, &table, replacement.ident(), wanted);
        let made = draft(add, gone, title.clone()).stage(Stage::Prepare);
        self.add(Slot::Columns, made.locks(&table, LockMode::AccessExclusive));
        // The row of a trigger is read by the same expression.
        let row = Name::new("tenanta_row").expect("a short word is a name");
        let source = Source { reads: &now.name, column: &row };
        let (value_of_row, _) = self.value(convert, &source, &wanted.data_type);
        let function = self.temporary_name();
        let (create, drop) = render::triggers::keep_in_step(
            namespace,
            &table,
            &function,
            (column, replacement, &value_of_row, &row),
        );
        let kept = draft(create, drop, title.clone()).stage(Stage::Prepare);
        self.add(Slot::Columns, kept.locks(&table, LockMode::ShareRowExclusive));
        let mut update = Sql::of("UPDATE ");
        update.qualified(namespace, table.ident()).syntax(" SET ").ident(replacement.ident());
        update.syntax(" = ").append(value);
        update.syntax(" WHERE ctid >= $1::text::tid AND ctid < $2::text::tid");
        let filled = helper(update, title.clone()).stage(Stage::Prepare).run(Run::Batches);
        self.add(Slot::Columns, filled.scans(write).locks(&table, LockMode::RowExclusive));
        let unsync = render::triggers::leave_step(namespace, &table, &function);
        self.add(Slot::Unrelate, helper(unsync, title).locks(&table, LockMode::AccessExclusive));
    }

    fn switch_to(&mut self, place: &Place<'_>, replacement: &Name, name: AtticName) {
        let Place { pair, at, wanted, .. } = place;
        self.plan_to_attic(*pair, *at, name);
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let rename = |from: &Ident, to: &Ident| render::names::column(namespace, &table, from, to);
        let (from, to) = (replacement.ident(), wanted.name.ident());
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let switched = draft(rename(from, to), rename(to, from), title)
            .at(self.column_path(*pair, wanted))
            .locks(&table, LockMode::AccessExclusive);
        self.add(Slot::Columns, switched);
    }
}
