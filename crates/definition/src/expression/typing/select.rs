//! Which form of an operator or a function is meant, by the rules of PostgreSQL's manual, chapter
//! "Type Conversion".

use super::catalog::{Reach, Signature, TypeFacts};
use super::coerce::path;
use super::polymorphic::{Binding, bind, declared_type};
use super::types::Type;

/// A form with as many arguments as are given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) signature: &'static Signature,
    count: usize,
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
    fn of(signature: &'static Signature, count: usize) -> Option<Self> {
        let declared = signature.arguments.len();
        let fits = match signature.variadic {
            Some(_) => count >= declared,
            None => (declared - signature.defaults..=declared).contains(&count),
        };
        fits.then_some(Self { signature, count })
    }

    fn argument(&self, position: usize) -> &'static str {
        let declared = &self.signature.arguments;
        match self.signature.variadic {
            Some(each) if position + 1 >= declared.len() => each,
            Some(_) | None => declared[position],
        }
    }

    /// The types that it declares for the arguments.
    pub(super) fn arguments(&self) -> impl Iterator<Item = &'static str> + Clone {
        let candidate = *self;
        (0..self.count).map(move |position| candidate.argument(position))
    }

    /// What its polymorphic types stand for, when the given ones fit together.
    pub(super) fn binding(&self, given: &[Type]) -> Option<Binding> {
        if !self.signature.polymorphic {
            return Some(Binding::default());
        }
        bind(&self.arguments().collect::<Vec<_>>(), given)
    }

    fn is_exact(&self, given: &[Type]) -> bool {
        let mut pairs = self.arguments().zip(given);
        pairs.all(|(declared, given)| matches!(given, Type::Builtin(name) if *name == declared))
    }

    fn accepts(&self, given: &[Given<'_>]) -> bool {
        self.arguments().zip(given).all(|(declared, given)| given.becomes(declared))
    }

    /// How many arguments a rule speaks for.
    fn count(&self, given: &[Type], rule: impl Fn(&Type, &Type) -> bool) -> usize {
        let pairs = self.arguments().zip(given);
        pairs.filter(|(declared, given)| rule(&declared_type(declared), given)).count()
    }
}

/// A given type with what is asked of it for each candidate.
struct Given<'a> {
    of: &'a Type,
    facts: Option<&'static TypeFacts>,
}

impl<'a> Given<'a> {
    fn all(given: &'a [Type]) -> Vec<Self> {
        given.iter().map(|of| Given { of, facts: of.facts() }).collect()
    }

    /// Whether it is taken where a type is declared.
    fn becomes(&self, declared: &'static str) -> bool {
        if declared.starts_with("any") {
            return true;
        }
        match (self.of, self.facts) {
            (Type::Builtin(name), _) if *name == declared => true,
            // What is no array becomes another type by a cast or not at all.
            (Type::Builtin(_), Some(facts)) if facts.category != 'A' => {
                facts.cast(declared).is_some_and(|(reach, _)| reach == Reach::Implicit)
            }
            (given, _) => path(given, &declared_type(declared), Reach::Implicit).is_some(),
        }
    }
}

/// A declared type's letter; the polymorphic ones are of a kind of their own.
fn category(declared: &'static str) -> char {
    if declared.starts_with("any") { 'P' } else { declared_type(declared).category() }
}

/// Whether a declared type is a good one for a given type.
type Rule<'a> = &'a dyn Fn(&Type, &Type) -> bool;

/// Chooses among forms with the right number of arguments.
pub(super) fn choose(forms: &'static [Signature], given: &[Type]) -> Choice {
    let candidates = || forms.iter().filter_map(|form| Candidate::of(form, given.len()));
    if let Some(exact) = candidates().find(|candidate| candidate.is_exact(given)) {
        return Choice::One(exact);
    }
    // An operator with one unknown side first tries both sides alike.
    if let Some(alike) = alike(given)
        && let Some(exact) = candidates().find(|candidate| candidate.is_exact(&alike))
    {
        return Choice::One(exact);
    }
    let mut left = accepting(candidates(), given);
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

/// The candidates that take the given types.
fn accepting(candidates: impl Iterator<Item = Candidate>, given: &[Type]) -> Vec<Candidate> {
    let asked = Given::all(given);
    let accepting = candidates.filter(|candidate| candidate.accepts(&asked));
    accepting.filter(|candidate| candidate.binding(given).is_some()).collect()
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
        let at = |candidate: &Candidate| candidate.argument(position);
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
            let declared = candidate.argument(*position);
            category(declared) == *kind && (!preferred || declared_type(declared).is_preferred())
        })
    };
    let fitting: Vec<Candidate> = candidates.iter().filter(|one| fits(one)).copied().collect();
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
    match one(accepting(candidates.into_iter(), &alike)) {
        Choice::One(only) => Choice::One(only),
        Choice::Nothing | Choice::Many => Choice::Many,
    }
}
