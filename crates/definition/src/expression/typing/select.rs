//! Which form of an operator or a function is meant, by the rules of PostgreSQL's manual, chapter
//! "Type Conversion".

use super::catalog::{Reach, Signature};
use super::coerce::path;
use super::polymorphic::{bind, is_polymorphic};
use super::types::Type;

/// A form with as many arguments as are given.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) signature: &'static Signature,
    pub(super) arguments: Vec<&'static str>,
}

/// What was found.
#[derive(Debug)]
pub(super) enum Choice {
    /// This form.
    One(Candidate),
    /// No form takes these types.
    Nothing,
    /// Several do, and none is better than the others.
    Many,
}

impl Candidate {
    /// The form, spread over this many arguments.
    pub(super) fn of(signature: &'static Signature, count: usize) -> Option<Self> {
        let declared = &signature.arguments;
        let arguments = match signature.variadic {
            Some(each) if count >= declared.len() => {
                let first = declared.len() - 1;
                declared[..first].iter().copied().chain((first..count).map(|_| each)).collect()
            }
            None if (declared.len() - signature.defaults..=declared.len()).contains(&count) => {
                declared[..count].to_vec()
            }
            _ => return None,
        };
        Some(Self { signature, arguments })
    }

    fn is_exact(&self, given: &[Type]) -> bool {
        self.arguments.iter().zip(given).all(|(declared, given)| Type::Builtin(declared) == *given)
    }

    fn accepts(&self, given: &[Type]) -> bool {
        let mut pairs = self.arguments.iter().zip(given);
        pairs.all(|(declared, given)| {
            *declared == "any"
                || is_polymorphic(declared)
                || path(given, &declared_type(declared), Reach::Implicit).is_some()
        }) && bind(&self.arguments, given).is_some()
    }

    /// How many arguments a rule speaks for.
    fn count(&self, given: &[Type], rule: impl Fn(&Type, &Type) -> bool) -> usize {
        let pairs = self.arguments.iter().zip(given);
        pairs.filter(|(declared, given)| rule(&declared_type(declared), given)).count()
    }
}

fn declared_type(declared: &'static str) -> Type {
    if declared == "record" { Type::Row } else { Type::Builtin(declared) }
}

/// A declared type's letter; the polymorphic ones are of a kind of their own.
fn category(declared: &'static str) -> char {
    if declared.starts_with("any") { 'P' } else { declared_type(declared).category() }
}

/// Whether a declared type is a good one for a given type.
type Rule<'a> = &'a dyn Fn(&Type, &Type) -> bool;

/// Chooses among forms with the right number of arguments.
pub(super) fn choose(candidates: Vec<Candidate>, given: &[Type]) -> Choice {
    if let Some(exact) = candidates.iter().find(|candidate| candidate.is_exact(given)) {
        return Choice::One(exact.clone());
    }
    // An operator with one unknown side first tries both sides alike.
    if let Some(alike) = alike(given)
        && let Some(exact) = candidates.iter().find(|candidate| candidate.is_exact(&alike))
    {
        return Choice::One(exact.clone());
    }
    let mut left: Vec<Candidate> =
        candidates.into_iter().filter(|candidate| candidate.accepts(given)).collect();
    let rules: [Rule<'_>; 2] = [&|declared, given| declared == given, &|declared, given| {
        let preferred = given.category() == declared.category() && declared.is_preferred();
        *given != Type::Unknown && (declared == given || preferred)
    }];
    for rule in rules {
        left = best(left, |candidate| candidate.count(given, rule));
        if left.len() <= 1 {
            return one(left);
        }
    }
    left = by_unknowns(left, given);
    if left.len() <= 1 { one(left) } else { all_alike(left, given) }
}

fn one(mut left: Vec<Candidate>) -> Choice {
    match (left.pop(), left.is_empty()) {
        (Some(only), true) => Choice::One(only),
        (Some(_), false) => Choice::Many,
        (None, _) => Choice::Nothing,
    }
}

fn best(candidates: Vec<Candidate>, score: impl Fn(&Candidate) -> usize) -> Vec<Candidate> {
    let most = candidates.iter().map(&score).max().unwrap_or(0);
    candidates.into_iter().filter(|candidate| score(candidate) == most).collect()
}

/// Of two sides with one unknown: both as the known one.
fn alike(given: &[Type]) -> Option<[Type; 2]> {
    match given {
        [Type::Unknown, known] | [known, Type::Unknown] if *known != Type::Unknown => {
            Some([known.clone(), known.clone()])
        }
        _ => None,
    }
}

/// Unknown constants are taken as texts where some form takes a text, else as the one kind that all
/// forms take there; within the kind, as the preferred type.
fn by_unknowns(candidates: Vec<Candidate>, given: &[Type]) -> Vec<Candidate> {
    let mut wanted = Vec::new();
    for (position, _) in given.iter().enumerate().filter(|(_, given)| **given == Type::Unknown) {
        let at = |candidate: &Candidate| candidate.arguments[position];
        let mut kinds: Vec<char> =
            candidates.iter().map(|candidate| category(at(candidate))).collect();
        kinds.dedup();
        let kind = match kinds.as_slice() {
            [only] => *only,
            kinds if kinds.contains(&'S') => 'S',
            _ => return candidates,
        };
        let preferred = candidates.iter().any(|candidate| {
            category(at(candidate)) == kind && declared_type(at(candidate)).is_preferred()
        });
        wanted.push((position, kind, preferred));
    }
    let fits = |candidate: &Candidate| {
        wanted.iter().all(|(position, kind, preferred)| {
            let declared = candidate.arguments[*position];
            category(declared) == *kind && (!preferred || declared_type(declared).is_preferred())
        })
    };
    let fitting: Vec<Candidate> = candidates.iter().filter(|one| fits(one)).cloned().collect();
    if fitting.is_empty() { candidates } else { fitting }
}

/// The last resort: unknown constants are of the one type that all known arguments have.
fn all_alike(candidates: Vec<Candidate>, given: &[Type]) -> Choice {
    let mut known = given.iter().filter(|given| **given != Type::Unknown);
    let Some(first) = known.next() else { return Choice::Many };
    if known.any(|other| other != first) {
        return Choice::Many;
    }
    let alike = vec![first.clone(); given.len()];
    let accepting = candidates.into_iter().filter(|candidate| candidate.accepts(&alike));
    match one(accepting.collect()) {
        Choice::One(only) => Choice::One(only),
        Choice::Nothing | Choice::Many => Choice::Many,
    }
}
