//! Triggers, rights and descriptions of tables that are there before and after.

use super::build::{Slot, draft, path_of};
use super::{Pair, Planner};
use crate::render;

impl Planner<'_> {
    pub(super) fn plan_rest(&mut self) {
        for pair in self.pairs() {
            self.plan_touch(pair);
            self.plan_rights(pair);
            self.plan_table_description(pair);
        }
    }

    /// The trigger's function says the column by name, so a rename concerns it too.
    fn plan_touch(&mut self, pair: Pair) {
        let start = &self.start.tables[pair.at];
        let (now, wanted) = (&self.now.tables[pair.at], &self.situation.after.tables[pair.to]);
        if start.track_updates == wanted.track_updates {
            return;
        }
        let namespace = self.namespace();
        let steps = match (&now.track_updates, &wanted.track_updates) {
            (None, Some(_)) => render::triggers::track_updates(namespace, wanted, pair.to),
            (Some(_), None) => render::triggers::untrack_updates(namespace, wanted, now, pair.to),
            (Some(_), Some(_)) => {
                // What the body says back is a name that is gone by then; PostgreSQL does not look.
                vec![render::triggers::track_another(namespace, wanted, start, pair.to)]
            }
            (None, None) => Vec::new(),
        };
        self.slots[Slot::Rest as usize].extend(steps);
    }

    fn plan_rights(&mut self, pair: Pair) {
        if self.returns(pair.at) {
            let wanted = &self.situation.after.tables[pair.to];
            let step =
                render::tables::grant((self.namespace(), self.situation.role), wanted, pair.to);
            self.slots[Slot::Rest as usize].push(step);
        }
    }

    fn plan_table_description(&mut self, pair: Pair) {
        let (now, wanted) = (&self.now.tables[pair.at], &self.situation.after.tables[pair.to]);
        if now.description == wanted.description {
            return;
        }
        let say = |text| render::comments::on_table(self.namespace(), wanted, text);
        let (there, back) = (say(wanted.description.as_deref()), say(now.description.as_deref()));
        let title = format!("the description of `{}`", wanted.name);
        self.add(Slot::Rest, draft(there, back, title).at(path_of(pair.to)));
    }
}
