//! "Did you mean".

/// The candidate nearest to `written`, when it is near enough to be a slip of the hand.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().take(MAX_COMPARED).collect();
    let limit = (written.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&written, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Names are at most 63 bytes; a longer text is compared by its beginning.
const MAX_COMPARED: usize = 64;

/// Edits (insert, remove, replace, swap of neighbours) that turn one into the other.
fn distance(left: &[char], right: &str) -> usize {
    let right: Vec<char> = right.to_lowercase().chars().take(MAX_COMPARED).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &b) in right.iter().enumerate() {
            let replaced = previous[column] + usize::from(a != b);
            let mut best = replaced.min(previous[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && a == right[column - 1] && left[row - 1] == b {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["customers", "orders", "created_at"];
        assert_eq!(nearest("costumers", names), Some("customers"));
        assert_eq!(nearest("Order", names), Some("orders"));
        assert_eq!(nearest("craeted_at", names), Some("created_at"));
        assert_eq!(nearest("invoice", names), None);
        assert_eq!(nearest("", names), None);
    }
}
