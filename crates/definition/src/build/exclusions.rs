//! Exclusion constraints.

use super::naming::{Thing, checked};
use super::operators::named_class;
use super::tables::Draft;
use super::{Builder, Site, chosen};
use crate::document::raw::{RawExclusion, RawExclusionElement};
use crate::expression::Place;
use crate::model::{
    Deferrable, Exclusion, ExclusionElement, ExclusionOperator, IndexMethod, IndexTarget,
};
use crate::name::Name;
use crate::operator_class::OperatorClass;
use crate::path::Path;

impl Builder<'_> {
    pub(super) fn exclusions(&mut self, draft: &mut Draft<'_>) -> Vec<Exclusion> {
        let mut exclusions = Vec::new();
        for (position, raw) in draft.raw.exclusions.iter().enumerate() {
            let path = draft.item("exclusions", position).path();
            exclusions.extend(self.exclusion(draft, raw, &path));
        }
        exclusions
    }

    fn exclusion(
        &mut self,
        draft: &mut Draft<'_>,
        raw: &RawExclusion<'_>,
        path: &Path<'_>,
    ) -> Option<Exclusion> {
        let method = chosen(&IndexMethod::ALL, raw.method.as_ref()).unwrap_or(IndexMethod::Gist);
        let elements = self.exclusion_elements(draft, raw, method, path)?;
        let predicate = match &raw.r#where {
            Some(text) => {
                let site = Site::of(Place::Predicate, draft);
                let predicate = self.expression(text, &site, &path.key("where"))?;
                // All rows are in an index without a predicate.
                (!predicate.is_true()).then_some(predicate)
            }
            None => None,
        };
        let name = match &raw.name {
            Some(name) => checked(Some(name), Thing::Constraint, path, &mut self.problems)?,
            None => {
                let parts = elements.iter().map(|element| element.target.label());
                let parts: Vec<&str> = std::iter::once(draft.name.as_str()).chain(parts).collect();
                self.relations.make(&parts, "excl")
            }
        };
        self.take_constraint(draft, &name, path);
        let deferrable = chosen(&Deferrable::ALL, raw.deferrable.as_ref()).unwrap_or_default();
        Some(Exclusion { name, method, elements, predicate, deferrable })
    }

    fn exclusion_elements(
        &mut self,
        draft: &Draft<'_>,
        raw: &RawExclusion<'_>,
        method: IndexMethod,
        path: &Path<'_>,
    ) -> Option<Vec<ExclusionElement>> {
        let list = path.key("elements");
        if raw.elements.is_empty() {
            self.problems.error("empty_key", &list, "an exclusion needs at least one comparison");
            return None;
        }
        if raw.elements.len() > 1 && matches!(method, IndexMethod::Hash | IndexMethod::SpGist) {
            let message = format!("a {} index takes one column only", method.word());
            self.problems.error("index_method", &list, message);
        }
        let mut elements = Vec::new();
        for (position, item) in raw.elements.iter().enumerate() {
            elements.extend(self.exclusion_element(draft, item, method, &list.index(position)));
        }
        (elements.len() == raw.elements.len()).then_some(elements)
    }

    fn exclusion_element(
        &mut self,
        draft: &Draft<'_>,
        raw: &RawExclusionElement<'_>,
        method: IndexMethod,
        path: &Path<'_>,
    ) -> Option<ExclusionElement> {
        // Extensions bring default operator classes to exclusions, so the type alone decides nothing.
        let written = (raw.column.as_deref(), raw.expression.as_deref());
        let target = self.index_target(draft, written, None, path)?;
        let class =
            self.operator_class(draft, (method, &target), raw.operator_class.as_deref(), path);
        let operator = chosen(&ExclusionOperator::ALL, raw.operator.as_ref())?;
        self.operator_fits((method, class), operator, path);
        Some(ExclusionElement { target, operator_class: named_class(class), operator })
    }

    fn operator_fits(
        &mut self,
        (method, class): (IndexMethod, Option<&OperatorClass>),
        operator: ExclusionOperator,
        path: &Path<'_>,
    ) {
        let word = operator.word();
        let operators = |classes: &[OperatorClass]| {
            let has =
                |known: &&'static str| classes.iter().any(|class| class.operators.contains(known));
            let all = ExclusionOperator::ALL.iter().map(|(word, _)| *word);
            all.filter(|known| has(known)).collect::<Vec<_>>()
        };
        // Without a class the type is not known, and the method has the say.
        let known = class.map_or_else(
            || operators(OperatorClass::of(method)),
            |class| operators(std::slice::from_ref(class)),
        );
        if !known.contains(&word) {
            let of = class.map_or(method.word(), |class| class.name);
            let message = format!("`{of}` cannot compare with `{word}`");
            let hint = match known.as_slice() {
                [] => "It compares nothing that an exclusion could use.".to_owned(),
                known => format!("It knows {}.", known.join(" and ")),
            };
            self.problems.error("unknown_operator", &path.key("operator"), message).with_hint(hint);
        }
    }
}

impl IndexTarget {
    /// What it is called in the name of a nameless index.
    pub(super) fn label(&self) -> &str {
        match self {
            Self::Column(name) => name.as_str(),
            Self::Expression(_) => "expr",
        }
    }

    /// The column, when it is one.
    pub(super) fn column(&self) -> Option<&Name> {
        match self {
            Self::Column(name) => Some(name),
            Self::Expression(_) => None,
        }
    }
}
