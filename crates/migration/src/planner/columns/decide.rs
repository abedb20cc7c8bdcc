//! What becomes of each column of a table.

use definition::column_type::ElementType;
use definition::model::{Column, Enum, EnumValue};
use definition::{ColumnType, Name};

use super::Place;
use super::history::{Event, History};
use crate::attic::{AtticContent, AtticItem, AtticName, Conversion as Made};
use crate::planner::conversion::{Conversion, is_catalog_only};
use crate::planner::error::PlanError;
use crate::planner::fate::{Convert, Fate, Retype, Unwind};
use crate::planner::start::Physical;
use crate::planner::{Pair, Planner};
use crate::remedy::Remedy;

impl Planner<'_> {
    pub(in crate::planner) fn decide_columns(&mut self, pair: Pair) -> Result<(), PlanError> {
        let wanted = &self.situation.after.tables[pair.to];
        for at in 0..self.now.tables[pair.at].columns.len() {
            let now = self.now.tables[pair.at].columns[at].clone();
            let fate = match wanted.columns.iter().find(|column| column.id == now.id) {
                Some(wanted) => self.decide_kept(&Place { pair, at, now: &now, wanted })?,
                None if now.generated.is_some() => Fate::Drop,
                None => Fate::PutAside,
            };
            self.settle(pair.at, at, fate);
        }
        self.recompute_what_depends(pair);
        Ok(())
    }

    fn decide_kept(&self, place: &Place<'_>) -> Result<Fate, PlanError> {
        let Place { now, wanted, .. } = place;
        let typed_alike = self.is_same_type(&now.data_type, &wanted.data_type);
        match (&now.generated, &wanted.generated) {
            (Some(was), Some(is)) => {
                let remade = is.enums().into_iter().any(|name| self.is_remade(name));
                let same = was == is && typed_alike && now.collation == wanted.collation && !remade;
                return Ok(if same { Fate::Keep } else { Fate::Recompute });
            }
            (None, Some(_)) => return Ok(Fate::Compute),
            (Some(_), None) => {
                return Ok(match self.held_before_computing(place) {
                    Some(item) => Fate::Uncompute(item),
                    None => Fate::StopComputing,
                });
            }
            (None, None) => {}
        }
        if let Some(levels) = self.way_back(place) {
            return Ok(Fate::Unwind(levels));
        }
        let remedy = self.situation.remedies.of(&self.subject(place.pair, place.at));
        let fills = wanted.not_null && !now.not_null && matches!(remedy, Some(Remedy::Fill(_)));
        let casts = matches!(remedy, Some(Remedy::Cast(_))) && !typed_alike;
        if typed_alike && !fills && !casts {
            let recollated = now.collation != wanted.collation;
            return Ok(if recollated { Fate::Retype(Retype::Catalog) } else { Fate::Keep });
        }
        if !fills && !casts && is_catalog_only(&now.data_type, &wanted.data_type) {
            return Ok(Fate::Retype(Retype::Catalog));
        }
        Ok(Fate::Convert(self.conversion(place, remedy)?))
    }

    /// A computed column is made anew when a column that it reads becomes another one.
    fn recompute_what_depends(&mut self, pair: Pair) {
        for at in 0..self.now.tables[pair.at].columns.len() {
            let column = &self.now.tables[pair.at].columns[at];
            let Some(generated) = &column.generated else { continue };
            let retyped = self.now.tables[pair.at].columns.iter().enumerate().any(|(other, it)| {
                matches!(self.fate(pair.at, other), Fate::Retype(_))
                    && generated.columns().contains(it.name.as_str())
            });
            let depends = retyped || self.touches_expression(pair.at, generated);
            if depends && *self.fate(pair.at, at) == Fate::Keep {
                self.settle(pair.at, at, Fate::Recompute);
            }
        }
    }

    /// What a person calls a column when they choose a remedy: its name in the version in force.
    pub(in crate::planner) fn subject(&self, pair: Pair, at: usize) -> String {
        let (start, now) = (&self.start.tables[pair.at], &self.now.tables[pair.at]);
        let name = |start: &Name, now: &Name| {
            let waits = AtticName::parse(start.as_str()).is_some();
            if waits { now.to_string() } else { start.to_string() }
        };
        let column = name(&start.columns[at].name, &now.columns[at].name);
        [&name(&start.name, &now.name), ".", &column].concat()
    }

    /// Whether two types are one to PostgreSQL too. An enum that becomes another type, or comes
    /// from the attic, is not.
    fn is_same_type(&self, now: &ColumnType, wanted: &ColumnType) -> bool {
        now == wanted && !now.enum_name().is_some_and(|name| self.is_remade(name.as_str()))
    }

    pub(in crate::planner) fn conversion(
        &self,
        place: &Place<'_>,
        remedy: Option<&Remedy>,
    ) -> Result<Convert, PlanError> {
        let subject = self.subject(place.pair, place.at);
        let start = &self.start.tables[place.pair.at].columns[place.at];
        let waits = AtticName::parse(start.name.as_str()).is_some();
        let (from_values, to_values) = self.values(place.pair, place.at, &place.wanted.data_type);
        let conversion = Conversion {
            from: place.now,
            from_values: from_values.as_deref(),
            to: &place.wanted.data_type,
            to_values: to_values.as_deref(),
            labels: self.labels_of(&place.wanted.data_type),
            before: if waits { &place.now.name } else { &start.name },
            subject: &subject,
            remedy,
        };
        conversion.build()
    }

    /// The values of a wanted enum.
    fn labels_of(&self, wanted: &ColumnType) -> Option<&[EnumValue]> {
        let item = self.after().enumeration(wanted.enum_name()?.as_str())?;
        Some(&item.values)
    }

    /// The values of a column's enum as PostgreSQL has them, and those of the enum that is wanted,
    /// when both are versions of one.
    fn values(
        &self,
        pair: Pair,
        at: usize,
        wanted: &ColumnType,
    ) -> (Option<Vec<EnumValue>>, Option<Vec<EnumValue>>) {
        let start = &self.start.tables[pair.at].columns[at].data_type;
        let from = start.enum_name().and_then(|name| self.physical_enum(name));
        let to = wanted.enum_name().and_then(|name| self.after().enumeration(name.as_str()));
        match (from, to) {
            (Some(from), Some(to)) if from.id == to.id => {
                (Some(from.values.clone()), Some(to.values.clone()))
            }
            _ => (None, None),
        }
    }

    /// An enum by the name that PostgreSQL has for it today, in the attic too.
    fn physical_enum(&self, name: &Name) -> Option<&Enum> {
        let waits = AtticName::parse(name.as_str());
        let in_attic = |at| self.situation.attic.iter().find(|item| item.name == at);
        match waits.and_then(in_attic).map(|item| &item.content) {
            Some(AtticContent::Enum(old)) => Some(old),
            _ => self.start.enums.iter().find(|item| item.name == *name),
        }
    }

    /// What a column held before it was computed.
    fn held_before_computing(&self, place: &Place<'_>) -> Option<AtticName> {
        let back = self.situation.rollback_to?;
        let history = self.history(place);
        let way = history.way_back_to(back);
        let [event] = way.as_slice() else { return None };
        let AtticContent::Values { conversion: Made::Unrelated, .. } = &event.item.content else {
            return None;
        };
        Some(event.item.name)
    }

    pub(in crate::planner) fn history(&self, place: &Place<'_>) -> History<'_> {
        let table = &self.situation.after.tables[place.pair.to].id;
        History::of(self.situation.attic, table, &place.wanted.id)
    }

    /// The levels that a rollback unwinds.
    fn way_back(&self, place: &Place<'_>) -> Option<Vec<Unwind>> {
        let version = self.situation.rollback_to?;
        let history = self.history(place);
        let way = history.way_back_to(version);
        let mut levels = Vec::with_capacity(way.len());
        let mut source = (history.present(), place.now.clone());
        for event in way {
            let level = self.level(place, &event, (&history, source.0, &source.1))?;
            let column = Column { name: event.item.name.name(), ..level.column.clone() };
            source = (event.from, column);
            levels.push(level);
        }
        (!levels.is_empty()).then_some(levels)
    }

    fn level(
        &self,
        place: &Place<'_>,
        event: &Event<'_>,
        (history, incarnation, source): (&History<'_>, i32, &Column),
    ) -> Option<Unwind> {
        let AtticContent::Values { column, conversion, .. } = &event.item.content else {
            return None;
        };
        let Made::Expression { forward, lenient, fill } = conversion else { return None };
        let physical = self.physical_column(event.item, column);
        let back = history.made(incarnation, event.from).and_then(|made| again(made, source));
        let back = back.unwrap_or_else(|| self.plain_back(place, source, &physical));
        Some(Unwind {
            item: event.item.name,
            forward: forward.clone(),
            lenient: *lenient,
            fill: fill.clone(),
            reads: column.name.clone(),
            column: physical,
            back: Convert { lenient: !back.total, ..back },
        })
    }

    /// PostgreSQL's own conversion to a column in the attic.
    fn plain_back(&self, place: &Place<'_>, source: &Column, physical: &Column) -> Convert {
        let (from, to) = (source.data_type.enum_name(), physical.data_type.enum_name());
        let values = |name: Option<&Name>| name.and_then(|name| self.physical_enum(name));
        let (from, to) = (values(from), values(to));
        let alike = matches!((from, to), (Some(from), Some(to)) if from.id == to.id);
        let of = |item: Option<&Enum>| item.filter(|_| alike).map(|item| item.values.clone());
        let (from_values, to_values) = (of(from), of(to));
        let back = Conversion {
            from: source,
            from_values: from_values.as_deref(),
            to: &physical.data_type,
            to_values: to_values.as_deref(),
            labels: to.map(|item| item.values.as_slice()),
            before: &source.name,
            subject: &self.subject(place.pair, place.at),
            remedy: None,
        };
        back.plain()
    }

    /// A column of the attic with its type called as PostgreSQL calls it once things are renamed.
    fn physical_column(&self, item: &AtticItem, column: &Column) -> Column {
        let mut column = column.clone();
        if let ElementType::Enum(name) = &mut column.data_type.element {
            let physical = Physical { situation: &self.situation };
            if let Some(called) = physical.enum_name(item, name) {
                let at = self.start.enums.iter().position(|known| known.name == called);
                *name = at.map_or(called, |at| self.now.enums[at].name.clone());
            }
        }
        column
    }
}

/// The conversion that was once made in this direction: going forth again after a rollback gives
/// what was there before it.
fn again(made: &AtticContent, source: &Column) -> Option<Convert> {
    let AtticContent::Values { column, conversion, .. } = made else { return None };
    let Made::Expression { forward, fill, .. } = conversion else { return None };
    let renamed = |name: &Name| (*name == column.name).then(|| source.name.clone());
    let forward = forward.renamed(&renamed, &|_| None);
    Some(Convert { forward, lenient: true, total: false, fill: fill.clone() })
}
