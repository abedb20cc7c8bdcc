//! What an adoption has to tell beside the document.

use serde::Serialize;

/// How many findings one adoption tells; the last one then says how many more there are.
const MAX_FINDINGS: usize = 1_000;

/// Something that has no place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable, in `snake_case`.
    pub code: &'static str,
    /// A sentence a person understands.
    pub message: String,
}

#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// A thing that does not come in.
    pub(super) fn left_out(&mut self, code: &'static str, mut what: String) {
        what.push_str(" is left out");
        self.0.push(Finding { code, message: what });
    }

    /// A thing that comes in without some of its traits.
    pub(super) fn without(&mut self, code: &'static str, what: &str, traits: &[String]) {
        if !traits.is_empty() {
            let message = [what, " comes in without its ", &traits.join(", ")].concat();
            self.0.push(Finding { code, message });
        }
    }

    /// A thing that somebody else owns.
    pub(super) fn owner(&mut self, what: &str, owner: Option<&str>) {
        if let Some(owner) = owner {
            let message = [what, " belongs to the role `", owner, "`"].concat();
            self.0.push(Finding { code: "owner", message });
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Finding> {
        if self.0.len() > MAX_FINDINGS {
            let more = self.0.len() - MAX_FINDINGS + 1;
            self.0.truncate(MAX_FINDINGS - 1);
            let message = [&more.to_string(), " more findings are not listed"].concat();
            self.0.push(Finding { code: "too_many_findings", message });
        }
        self.0
    }
}
