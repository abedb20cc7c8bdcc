//! `docs/problems.md`: every code of a problem, with an example that really gives it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use definition::{Problem, Problems, schema_name};

use crate::{assert_page, blocks, check, path, read};

/// Codes of limits, whose examples would fill pages, and of what PostgreSQL alone finds.
const WITHOUT_EXAMPLE: [&str; 6] = [
    "too_many",
    "too_many_problems",
    "text_too_long",
    "expression_too_long",
    "expression_too_deep",
    "refused_by_database",
];

/// A problem that the server adds: PostgreSQL refused a statement of a definition without errors.
const OF_THE_SERVER: &str = "refused_by_database";

#[test]
fn every_problem_is_documented_and_no_other() {
    let mut known = BTreeSet::from([OF_THE_SERVER.to_owned()]);
    collect(&path("crates/definition/src"), &mut known);
    assert!(known.len() > 40, "the codes were not found: {known:?}");
    let page = read("docs/problems.md");
    let documented: BTreeSet<String> = sections(&page).map(|(code, _)| code.to_owned()).collect();
    let missing: Vec<_> = known.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&known).collect();
    assert!(missing.is_empty(), "docs/problems.md says nothing of {missing:?}");
    assert!(gone.is_empty(), "docs/problems.md speaks of {gone:?}, which no source knows");
}

/// The sections of the page: a code, and what is said of it.
fn sections(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("\n### `").skip(1).filter_map(|section| section.split_once("`\n"))
}

/// Every code that the sources below a folder give to a problem.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, codes);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            codes.extend(codes_of(code).map(str::to_owned));
        }
    }
}

/// What a problem, or the refusal of an expression, is made with.
const MAKERS: [&str; 4] = [".error(", ".warning(", "Error::new(", "Self::new("];

/// String constants that look like a code and stand where a code is given.
fn codes_of(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('"').filter_map(|(at, _)| {
        let before = text[..at].trim_end();
        let given = MAKERS.iter().any(|maker| before.ends_with(maker)) || chosen(before);
        let word = text[at + 1..].split('"').next()?;
        let code = word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (given && code).then_some(word)
    })
}

/// Whether a code is chosen here by the kind of a refused type.
fn chosen(before: &str) -> bool {
    before.ends_with("=>") && before.lines().last().is_some_and(|line| line.contains("TypeError::"))
}

#[test]
fn every_example_gives_its_problem() {
    let page = read("docs/problems.md");
    let mut wanted = page.split("\n### `").next().unwrap_or_default().to_owned();
    for (code, section) in sections(&page) {
        wanted.push_str(&["\n### `", code, "`\n", &with_answer(code, section)].concat());
    }
    assert_page("docs/problems.md", &wanted);
}

/// The section with its example's answer as it is today.
fn with_answer(code: &str, section: &str) -> String {
    let before =
        blocks(section, "before").first().and_then(|before| check(before, None).definition);
    let found =
        blocks(section, "json").first().map(|document| check(document, before.as_ref()).problems);
    let named = blocks(section, "name").first().map(|name| {
        let mut problems = Problems::new();
        schema_name::check(name, &mut problems);
        problems.into_vec()
    });
    let Some(problems) = found.or(named) else {
        assert!(WITHOUT_EXAMPLE.contains(&code), "{code} has no example");
        return section.to_owned();
    };
    let problem = problems.iter().find(|problem| problem.code == code);
    let problem = problem.unwrap_or_else(|| panic!("{code}: the example gives {problems:#?}"));
    let (above, below) = section.rsplit_once("\n```\n").expect("a block ends");
    let below: Vec<&str> = below.split('\n').filter(|line| !line.starts_with("> ")).collect();
    let rest = below.join("\n");
    let rest = rest.trim_start_matches('\n');
    let gap = if rest.is_empty() { "\n" } else { "\n\n" };
    [above, "\n```\n\n", &told(problem), gap, rest].concat()
}

/// Where, what, and what would mend it.
fn told(problem: &Problem) -> String {
    let place = if problem.path.is_empty() { "the document" } else { &problem.path };
    let hint = problem.hint.as_deref().map(|hint| [" *", hint, "*"].concat()).unwrap_or_default();
    ["> at `", place, "`: ", &problem.message, ".", &hint].concat()
}
