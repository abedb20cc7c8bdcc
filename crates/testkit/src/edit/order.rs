//! Lists in another order.

use definition::Definition;

use super::Editor;

/// Turns a list of a definition.
type Turn<'a> = Box<dyn FnOnce(usize) + 'a>;

impl Editor<'_> {
    /// Puts one of the lists that have more than one thing in another order. Of lists of the same
    /// kind one is looked at, so that the rare kinds have their turn.
    pub(super) fn reorder(&mut self) {
        let (which, by) = (self.choices.below(usize::MAX), 1 + self.choices.below(3));
        if self.choices.percent(15) {
            turn(&mut self.definition.tables, by);
            return;
        }
        let mut turns = turns(&mut self.definition);
        if !turns.is_empty() {
            turns.swap_remove(which % turns.len())(by);
        }
    }
}

fn turns(definition: &mut Definition) -> Vec<Turn<'_>> {
    let mut turns = Vec::new();
    add(&mut turns, &mut definition.enums);
    add(&mut turns, &mut definition.relationships);
    add(&mut turns, &mut definition.many_to_many);
    let (mut columns, mut uniques, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    let (mut exclusions, mut indexes) = (Vec::new(), Vec::new());
    for table in &mut definition.tables {
        add(&mut columns, &mut table.columns);
        add(&mut uniques, &mut table.uniques);
        add(&mut checks, &mut table.checks);
        add(&mut exclusions, &mut table.exclusions);
        add(&mut indexes, &mut table.indexes);
    }
    for kind in [columns, uniques, checks, exclusions, indexes] {
        turns.extend(kind.into_iter().next());
    }
    turns
}

fn add<'a, T>(turns: &mut Vec<Turn<'a>>, list: &'a mut [T]) {
    if list.len() > 1 {
        turns.push(Box::new(move |by| turn(list, by)));
    }
}

fn turn<T>(list: &mut [T], by: usize) {
    let by = by.min(list.len().saturating_sub(1));
    list.rotate_left(by);
    if by > 1 && list.len() > 2 {
        list.swap(0, 1);
    }
}
