//! Renames in an order in which no name is taken twice.

/// Orders renames so that each new name is free when its turn comes. Where names go round in a
/// circle, one thing waits under a name of `spare`.
pub(super) fn ordered<N: Clone + PartialEq>(
    mut renames: Vec<(N, N)>,
    spare: &mut dyn FnMut() -> N,
) -> Vec<(N, N)> {
    let mut out = Vec::with_capacity(renames.len());
    while !renames.is_empty() {
        let free = |(_, to): &(N, N)| !renames.iter().any(|(from, _)| from == to);
        if let Some(at) = renames.iter().position(free) {
            out.push(renames.remove(at));
        } else {
            let waits = spare();
            out.push((renames[0].0.clone(), waits.clone()));
            renames[0].0 = waits;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs the renames one after the other on things that are called like their numbers.
    fn assert_works(wanted: &[(&str, &str)]) {
        let owned = |(from, to): &(&str, &str)| ((*from).to_owned(), (*to).to_owned());
        let mut names: Vec<String> = wanted.iter().map(|(from, _)| (*from).to_owned()).collect();
        let mut number = 0;
        let mut spare = || {
            number += 1;
            format!("spare {number}")
        };
        for (from, to) in ordered(wanted.iter().map(owned).collect(), &mut spare) {
            assert!(!names.contains(&to), "{to} is taken");
            let at = names.iter().position(|name| *name == from).unwrap();
            names[at] = to;
        }
        let expected: Vec<&str> = wanted.iter().map(|(_, to)| *to).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn chains_swaps_and_circles() {
        assert_works(&[]);
        assert_works(&[("a", "b"), ("b", "c"), ("c", "d")]);
        assert_works(&[("a", "b"), ("b", "a")]);
        assert_works(&[("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "x"), ("p", "q")]);
    }
}
