//! Arguments declared as `anyelement` and its kin: what they stand for in one call.

use super::catalog::Reach;
use super::coerce::{common, path};
use super::types::Type;

/// What the polymorphic names stand for.
#[derive(Debug, Default)]
pub(super) struct Binding {
    element: Option<Type>,
    array: Option<Type>,
    range: Option<Type>,
    multirange: Option<Type>,
    compatible: Option<Type>,
}

/// A type by the name under which it is declared.
pub(super) fn declared_type(declared: &'static str) -> Type {
    if declared == "record" { Type::Row } else { Type::Builtin(declared) }
}

/// Finds what the declared types stand for, or nothing when the given ones do not fit together.
pub(super) fn bind(declared: &[&'static str], given: &[Type]) -> Option<Binding> {
    let mut binding = Binding::default();
    for (declared, given) in declared.iter().zip(given) {
        if *given != Type::Unknown && !declared.starts_with("anycompatible") {
            binding.take(declared, given)?;
        }
    }
    binding.close(declared)?;
    binding.compatible = compatible(declared, given)?;
    Some(binding)
}

impl Binding {
    fn take(&mut self, declared: &str, given: &Type) -> Option<()> {
        let (slot, fits) = match declared {
            "anyelement" | "anynonarray" | "anyenum" => (&mut self.element, true),
            "anyarray" => (&mut self.array, given.element().is_some()),
            "anyrange" => (&mut self.range, given.bounds().is_some()),
            "anymultirange" => (&mut self.multirange, given.range().is_some()),
            _ => return Some(()),
        };
        let same = slot.as_ref().is_none_or(|bound| bound == given);
        *slot = Some(given.clone());
        (same && fits).then_some(())
    }

    /// Derives the element from the others, and sees that all agree.
    fn close(&mut self, declared: &[&str]) -> Option<()> {
        let agree = |slot: &mut Option<Type>, derived: Option<Type>| match (&slot, derived) {
            (Some(bound), Some(derived)) => (*bound == derived).then_some(()),
            (None, derived @ Some(_)) => {
                *slot = derived;
                Some(())
            }
            (_, None) => Some(()),
        };
        agree(&mut self.range, self.multirange.as_ref().and_then(Type::range))?;
        agree(&mut self.element, self.array.as_ref().and_then(Type::element))?;
        agree(&mut self.element, self.range.as_ref().and_then(Type::bounds))?;
        let element = self.element.as_ref();
        let array = declared.contains(&"anynonarray")
            && element.is_some_and(|element| element.element().is_some());
        let plain = declared.contains(&"anyenum")
            && element.is_some_and(|element| !matches!(element, Type::Enum(_)));
        (!array && !plain).then_some(())
    }

    /// What a declared type stands for; nothing when only unknown constants were given.
    pub(super) fn resolve(&self, declared: &'static str) -> Option<Type> {
        if !declared.starts_with("any") {
            return Some(declared_type(declared));
        }
        match declared {
            "anyelement" | "anynonarray" | "anyenum" => self.element.clone(),
            "anyarray" => {
                self.array.clone().or_else(|| self.element.as_ref().and_then(Type::array))
            }
            "anyrange" => self.range.clone(),
            "anymultirange" => self.multirange.clone(),
            "anycompatible" | "anycompatiblenonarray" => self.compatible.clone(),
            "anycompatiblearray" => self.compatible.as_ref().and_then(Type::array),
            "any" => Some(Type::Unknown),
            _ => None,
        }
    }
}

/// The common type of everything `anycompatible`; the outer nothing means there is none.
#[expect(clippy::option_option, reason = "not asked for, and not to be had, are two things")]
fn compatible(declared: &[&'static str], given: &[Type]) -> Option<Option<Type>> {
    let mut types = Vec::new();
    let of_family =
        declared.iter().zip(given).filter(|(name, _)| name.starts_with("anycompatible"));
    for (declared, given) in of_family {
        match (*declared, given) {
            (_, Type::Unknown) => types.push(Type::Unknown),
            ("anycompatible", given) => types.push(given.clone()),
            ("anycompatiblenonarray", given) if given.element().is_none() => {
                types.push(given.clone());
            }
            ("anycompatiblearray", given) => types.push(given.element()?),
            ("anycompatiblerange", given) => types.push(given.bounds()?),
            _ => return None,
        }
    }
    if types.is_empty() {
        return Some(None);
    }
    let chosen = common(&types).ok()?;
    let reached = types.iter().all(|given| path(given, &chosen, Reach::Implicit).is_some());
    reached.then_some(Some(chosen))
}
