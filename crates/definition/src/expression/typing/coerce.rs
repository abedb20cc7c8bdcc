//! Which type becomes which: the casts of the catalog, those of arrays, those by way of text.

use super::catalog::Reach;
use super::types::Type;
use crate::expression::functions::Volatility;

/// What turning a value of one type into another depends on, when it may be done with this reach.
pub(super) fn path(from: &Type, to: &Type, reach: Reach) -> Option<Volatility> {
    if from == to || *from == Type::Unknown || *from == Type::Untold || *to == Type::Untold {
        return Some(Volatility::Immutable);
    }
    if let (Type::Builtin(_), Type::Builtin(target)) = (from, to)
        && let Some((needs, volatility)) = from.facts().and_then(|facts| facts.cast(target))
    {
        return (needs <= reach).then_some(volatility);
    }
    if let (Some(source), Some(target)) = (from.element(), to.element()) {
        return path(&source, &target, reach);
    }
    // Every type can be put into a text and, when asked for, read from one.
    let into_text = reach >= Reach::Assignment && to.category() == 'S';
    let from_text = reach >= Reach::Explicit && from.category() == 'S';
    let (input, _) = to.in_and_out();
    let (_, output) = from.in_and_out();
    (into_text || from_text).then_some(input.max(output))
}

/// The one type that several values share, as in CASE, COALESCE, ARRAY; or the two that differ.
pub(super) fn common(types: &[Type]) -> Result<Type, (Type, Type)> {
    if types.contains(&Type::Untold) {
        return Ok(Type::Untold);
    }
    let mut chosen = Type::Unknown;
    for next in types {
        if *next == Type::Unknown || *next == chosen {
            continue;
        }
        if chosen == Type::Unknown {
            chosen = next.clone();
        } else if next.category() != chosen.category() {
            return Err((chosen, next.clone()));
        } else if !chosen.is_preferred()
            && path(&chosen, next, Reach::Implicit).is_some()
            && path(next, &chosen, Reach::Implicit).is_none()
        {
            chosen = next.clone();
        }
    }
    if chosen == Type::Unknown {
        return Ok(super::types::TEXT);
    }
    match types.iter().find(|given| path(given, &chosen, Reach::Implicit).is_none()) {
        Some(misfit) => Err((chosen, misfit.clone())),
        None => Ok(chosen),
    }
}
