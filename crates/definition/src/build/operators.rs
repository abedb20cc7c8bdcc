//! Operator classes and collations: which of them fit where they are named.

use super::Builder;
use super::tables::Draft;
use crate::expression::{COLLATIONS, is_collation};
use crate::model::{IndexMethod, IndexTarget};
use crate::name::Name;
use crate::near::nearest;
use crate::operator_class::OperatorClass;
use crate::path::Path;

impl Builder<'_> {
    /// The operator class of a key of an index: the one that is named, or the default of its type.
    /// Nothing when there is none, or when the type of an expression is not known.
    pub(super) fn operator_class(
        &mut self,
        draft: &Draft<'_>,
        (method, target): (IndexMethod, &IndexTarget),
        written: Option<&str>,
        path: &Path<'_>,
    ) -> Option<&'static OperatorClass> {
        let class = match written {
            Some(name) => self.named_operator_class(method, name, path)?,
            None => self.default_operator_class(draft, (method, target), path)?,
        };
        let column = match target {
            IndexTarget::Column(name) => draft.column(name.as_str()),
            IndexTarget::Expression(_) => None,
        };
        if let Some(column) = column.filter(|column| !class.takes(&column.data_type)) {
            let message = format!(
                "`{}` is `{}`, which `{}` does not take",
                column.name, column.data_type, class.name
            );
            self.problems.error("operator_class_type", &path.key("operatorClass"), message).hint =
                fitting(method, &column.data_type);
            return None;
        }
        if let Some(extension) = class.extension {
            let message =
                format!("`{}` belongs to PostgreSQL's extension `{extension}`", class.name);
            self.problems.warning("needs_extension", path, message).with_hint(
                "Whoever runs the database must have created it; without it the schema is refused.",
            );
        }
        Some(class)
    }

    fn named_operator_class(
        &mut self,
        method: IndexMethod,
        name: &str,
        path: &Path<'_>,
    ) -> Option<&'static OperatorClass> {
        let found = OperatorClass::named(method, name);
        if found.is_none() {
            let others = IndexMethod::ALL.iter().map(|(_, method)| *method);
            let other = others
                .filter_map(|other| OperatorClass::named(other, name))
                .map(|class| class.method.word())
                .next();
            let names = OperatorClass::of(method).iter().map(|class| class.name);
            let hint = match other {
                Some(other) => Some(format!("It belongs to the method `{other}`.")),
                None => nearest(name, names).map(|near| format!("Did you mean `{near}`?")),
            };
            let message = format!("{} has no operator class `{name}`", method.word());
            self.problems
                .error("unknown_operator_class", &path.key("operatorClass"), message)
                .hint = hint;
        }
        found
    }

    fn default_operator_class(
        &mut self,
        draft: &Draft<'_>,
        (method, target): (IndexMethod, &IndexTarget),
        path: &Path<'_>,
    ) -> Option<&'static OperatorClass> {
        let IndexTarget::Column(name) = target else { return None };
        let data_type = &draft.column(name.as_str())?.data_type;
        let found = OperatorClass::default_for(method, data_type);
        if found.is_none() {
            let message =
                format!("`{name}` is `{data_type}`, which a {} index does not take", method.word());
            self.problems.error("type_not_comparable", path, message).hint =
                fitting(method, data_type);
        }
        found
    }

    /// The collation of this name; nothing when it is unknown, or says what holds anyway.
    pub(super) fn collation(&mut self, written: &str, path: &Path<'_>) -> Option<Name> {
        if !is_collation(written) {
            let near = nearest(written, COLLATIONS).map(|near| format!("Did you mean `{near}`?"));
            let known = format!("Known are {}, and ICU's, as `de-x-icu`.", COLLATIONS.join(", "));
            let message = format!("there is no collation `{written}`");
            self.problems.error("unknown_collation", path, message).hint = near.or(Some(known));
            return None;
        }
        Name::new(written).filter(|name| name.as_str() != "default")
    }
}

/// What an index on the type could be instead.
fn fitting(method: IndexMethod, data_type: &crate::ColumnType) -> Option<String> {
    let class = OperatorClass::of(method).iter().find(|class| class.takes(data_type));
    if let Some(class) = class {
        return Some(format!("`{}` takes it.", class.name));
    }
    let methods = IndexMethod::ALL.iter().filter(|(_, method)| {
        let class = OperatorClass::default_for(*method, data_type);
        class.is_some_and(|class| class.extension.is_none())
    });
    let methods: Vec<String> = methods.map(|(word, _)| format!("`{word}`")).collect();
    (!methods.is_empty()).then(|| format!("Methods that take it: {}.", methods.join(", ")))
}

/// The name that a definition keeps: the default is kept by not naming it, as PostgreSQL shows it.
pub(super) fn named_class(class: Option<&OperatorClass>) -> Option<Name> {
    class.filter(|class| !class.is_default).and_then(|class| Name::new(class.name))
}
