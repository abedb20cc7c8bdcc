//! Questions to the data: which rows would not fit?

use definition::Name;
use definition::model::{Column, Key, Relationship};
use sql::Sql;

use super::objects::Object;
use super::view::{Look, View};
use super::{Pair, Planner};
use crate::plan::{MAX_SAMPLE_ROWS, Probe};
use crate::remedy::Remedy;

const FILL_OR_SET_ASIDE: &str =
    "Choose a value for them (fill), or take these rows out and keep them (setAside).";
const CAST_OR_SET_ASIDE: &str = "Choose an expression that converts them (cast), a value for them (fill), or empty \
                                 them and keep what they hold (setAside).";
const SET_ASIDE: &str = "Change these rows first, or take them out and keep them (setAside).";

impl Planner<'_> {
    /// Rows that would have no value where one is needed.
    pub(super) fn ask_for_values(
        &mut self,
        pair: Pair,
        wanted: &Column,
        subject: &str,
        (remedied, converted): (bool, bool),
    ) {
        let mut condition = Sql::new();
        condition.ident(wanted.name.ident()).syntax(" IS NULL");
        let complaint = ["have no value for `", wanted.name.as_str(), "`"].concat();
        let remedy = if converted { CAST_OR_SET_ASIDE } else { FILL_OR_SET_ASIDE };
        self.ask(pair, &condition, (subject, complaint, remedy, remedied));
    }

    /// A new column that must not be empty has no value in any row.
    pub(super) fn ask_for_first_values(&mut self, pair: Pair, wanted: &Column, subject: &str) {
        let remedied = self.situation.remedies.of(subject).is_some();
        let complaint = ["have no value for the new column `", wanted.name.as_str(), "`"].concat();
        let remedy =
            "Choose a value for them (fill), give the column a default, or let it be empty.";
        self.ask(pair, &Sql::of("true"), (subject, complaint, remedy, remedied));
    }

    /// Values that cannot be converted.
    pub(super) fn ask_for_conversions(&mut self, pair: Pair, at: usize, wanted: &Column) {
        let subject = self.subject(pair, at);
        let remedied = matches!(
            self.situation.remedies.of(&subject),
            Some(Remedy::Fill(_) | Remedy::SetAside)
        );
        let start = &self.start.tables[pair.at];
        let (table, column) = (start.name.clone(), start.columns[at].name.clone());
        let mut look = Look::default();
        let made = self.value_ahead(pair, wanted, &mut look);
        let mut found = Sql::of("FROM (SELECT *, ");
        found.append(&made).syntax(" AS tenanta_made FROM ");
        found.append(&look.from(self.namespace(), &table)).syntax(") rows WHERE ");
        found.ident(column.ident()).syntax(" IS NOT NULL AND tenanta_made IS NULL");
        let mut count = Sql::of("SELECT count(*) ");
        count.append(&found);
        let mut sample = Sql::of("SELECT to_jsonb(rows) - 'tenanta_made' ");
        sample.append(&found).syntax(" LIMIT ").number(MAX_SAMPLE_ROWS);
        self.probes.push(Probe {
            subject,
            before: look.functions,
            count,
            sample,
            complaint: [
                "hold a value in `",
                column.as_str(),
                "` that is no `",
                &wanted.data_type.to_string(),
                "`",
            ]
            .concat(),
            remedy: CAST_OR_SET_ASIDE.to_owned(),
            remedied,
        });
    }

    /// Whether the rows fit what is put on, and what to do with those that do not.
    pub(super) fn ask_whether_rows_fit(&mut self, pair: Pair, object: Object<'_>) {
        let subject = [self.spoken_name(pair), ".", object.name().as_str()].concat();
        let aside = self.situation.remedies.of(&subject) == Some(&Remedy::SetAside);
        match object {
            Object::Check(check) => {
                let mut condition = Sql::of("(");
                condition.expression(&check.expression.fragment(self.namespace()));
                condition.syntax(") IS FALSE");
                if aside {
                    self.set_rows_aside(pair, &subject, &condition);
                }
                let complaint = ["do not meet `", &check.expression.to_string(), "`"].concat();
                self.ask(pair, &condition, (&subject, complaint, SET_ASIDE, aside));
            }
            Object::Primary(key) | Object::Unique(key) => {
                if aside {
                    let condition = self.repeats(pair, key);
                    self.set_rows_aside(pair, &subject, &condition);
                }
                self.ask_for_repeats(pair, key, (&subject, aside));
            }
            Object::Exclusion(_) | Object::Index(_) => {}
        }
    }

    /// Rows whose key another row has, all but the first of each.
    fn repeats(&self, pair: Pair, key: &Key) -> Sql {
        let table = &self.situation.after.tables[pair.to];
        let mut sql =
            Sql::of("ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY ");
        sql.idents(key.columns.iter().map(Name::ident)).syntax(" ORDER BY ctid) AS nth FROM ");
        sql.qualified(self.namespace(), table.name.ident());
        where_all_have_values(&mut sql, key);
        sql.syntax(") numbered WHERE nth > 1)");
        sql
    }

    fn ask_for_repeats(&mut self, pair: Pair, key: &Key, (subject, aside): (&str, bool)) {
        let View { functions, select } = self.view(pair);
        let mut numbered = Sql::of("(SELECT *, row_number() OVER (PARTITION BY ");
        numbered.idents(key.columns.iter().map(Name::ident));
        numbered.syntax(") AS tenanta_nth FROM (").append(&select).syntax(") will");
        where_all_have_values(&mut numbered, key);
        numbered.syntax(") rows WHERE tenanta_nth > 1");
        let columns: Vec<String> =
            key.columns.iter().map(|name| ["`", name.as_str(), "`"].concat()).collect();
        let mut count = Sql::of("SELECT count(*) FROM ");
        count.append(&numbered);
        let mut sample = Sql::of("SELECT to_jsonb(rows) - 'tenanta_nth' FROM ");
        sample.append(&numbered).syntax(" LIMIT ").number(MAX_SAMPLE_ROWS);
        self.probes.push(Probe {
            subject: subject.to_owned(),
            before: functions,
            count,
            sample,
            complaint: ["repeat the ", &columns.join(", "), " of another row"].concat(),
            remedy: SET_ASIDE.to_owned(),
            remedied: aside,
        });
    }

    /// Rows that refer to none.
    pub(super) fn ask_for_orphans(&mut self, at: usize, relationship: &Relationship) {
        let pairs = self.pairs();
        let Some(from) = pairs.iter().copied().find(|pair| pair.at == at) else { return };
        let subject = [self.spoken_name(from), ".", relationship.name.as_str()].concat();
        let aside = self.situation.remedies.of(&subject) == Some(&Remedy::SetAside);
        if aside {
            let condition = self.orphans(relationship);
            self.set_rows_aside(from, &subject, &condition);
        }
        let target = self.after().table(relationship.to.table.as_str());
        let to = target.and_then(|wanted| {
            pairs.iter().copied().find(|pair| self.situation.after.tables[pair.to].id == wanted.id)
        });
        let View { mut functions, select } = self.view(from);
        let mut condition = Sql::new();
        for name in &relationship.from.columns {
            condition.syntax("child.").ident(name.ident()).syntax(" IS NOT NULL AND ");
        }
        match to {
            Some(to) => {
                let other = self.view(to);
                functions.extend(other.functions);
                condition.syntax("NOT EXISTS (SELECT FROM (").append(&other.select);
                condition.syntax(") parent WHERE ");
                let columns = relationship.from.columns.iter().zip(&relationship.to.columns);
                condition.list(columns, " AND ", |sql, (from, to)| {
                    sql.syntax("parent.").ident(to.ident()).syntax(" = child.").ident(from.ident());
                });
                condition.syntax(")");
            }
            // A table that is new has no rows to refer to.
            None => {
                condition.syntax("true");
            }
        }
        let mut found = Sql::of("FROM (");
        found.append(&select).syntax(") child WHERE ").append(&condition);
        let mut count = Sql::of("SELECT count(*) ");
        count.append(&found);
        let mut sample = Sql::of("SELECT to_jsonb(child) ");
        sample.append(&found).syntax(" LIMIT ").number(MAX_SAMPLE_ROWS);
        self.probes.push(Probe {
            subject,
            before: functions,
            count,
            sample,
            complaint: ["refer to no row of `", relationship.to.table.as_str(), "`"].concat(),
            remedy: SET_ASIDE.to_owned(),
            remedied: aside,
        });
    }

    /// The same in the names of the wanted tables, for taking these rows out.
    fn orphans(&self, relationship: &Relationship) -> Sql {
        let (from, to) = (&relationship.from, &relationship.to);
        let namespace = self.namespace();
        let mut sql = Sql::new();
        let own = |sql: &mut Sql, name: &Name| {
            sql.qualified(namespace, from.table.ident()).syntax(".").ident(name.ident());
        };
        for name in &from.columns {
            own(&mut sql, name);
            sql.syntax(" IS NOT NULL AND ");
        }
        sql.syntax("NOT EXISTS (SELECT FROM ").qualified(namespace, to.table.ident());
        sql.syntax(" tenanta_parent WHERE ");
        sql.list(from.columns.iter().zip(&to.columns), " AND ", |sql, (from, to)| {
            sql.syntax("tenanta_parent.").ident(to.ident()).syntax(" = ");
            own(sql, from);
        });
        sql.syntax(")");
        sql
    }

    fn ask(
        &mut self,
        pair: Pair,
        condition: &Sql,
        (subject, complaint, remedy, remedied): (&str, String, &str, bool),
    ) {
        let View { functions, select } = self.view(pair);
        let mut found = Sql::of("FROM (");
        found.append(&select).syntax(") rows WHERE ").append(condition);
        let mut count = Sql::of("SELECT count(*) ");
        count.append(&found);
        let mut sample = Sql::of("SELECT to_jsonb(rows) ");
        sample.append(&found).syntax(" LIMIT ").number(MAX_SAMPLE_ROWS);
        self.probes.push(Probe {
            subject: subject.to_owned(),
            before: functions,
            count,
            sample,
            complaint,
            remedy: remedy.to_owned(),
            remedied,
        });
    }

    /// What a person calls a table: its name in the version in force.
    pub(super) fn spoken_name(&self, pair: Pair) -> &str {
        if self.returns(pair.at) {
            self.now.tables[pair.at].name.as_str()
        } else {
            self.start.tables[pair.at].name.as_str()
        }
    }
}

/// NULLs repeat no other NULL, unless the key says so.
fn where_all_have_values(sql: &mut Sql, key: &Key) {
    if key.nulls_not_distinct {
        return;
    }
    sql.syntax(" WHERE ");
    sql.list(&key.columns, " AND ", |sql, name| {
        sql.ident(name.ident()).syntax(" IS NOT NULL");
    });
}
