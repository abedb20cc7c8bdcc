//! A script into its statements, so that one that cannot be read costs only itself.

use super::quotes::{after, is_comment, line_end};
use crate::sql::DIRECTIVE;

/// How often the end of a quote or comment may be missing before the rest is given up.
const MAX_RECOVERIES: usize = 16;

/// A part of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) kind: Kind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A statement without its semicolon.
    Statement(&'a str),
    /// `COPY … FROM stdin`, and how many rows follow it.
    Copy(&'a str, usize),
    /// A command of psql, up to the end of its line.
    Meta(&'a str),
    /// What a comment of our own export says.
    Directive(&'a str),
    /// A statement whose quote or comment never ends, up to the first line that ends one.
    Unended(&'a str),
}

/// The parts of `source`, at most `limit`, and whether that was all.
pub(super) fn split(source: &str, limit: usize) -> (Vec<Piece<'_>>, bool) {
    let mut splitter = Splitter { text: source, at: 0, line: 1, counted: 0, recoveries: 0 };
    if source.starts_with('\u{feff}') {
        splitter.at = '\u{feff}'.len_utf8();
    }
    let mut pieces = Vec::new();
    while let Some(piece) = splitter.next() {
        if pieces.len() == limit {
            return (pieces, false);
        }
        pieces.push(piece);
    }
    (pieces, true)
}

struct Splitter<'a> {
    text: &'a str,
    at: usize,
    /// The line of `counted`, which follows `at`.
    line: usize,
    counted: usize,
    recoveries: usize,
}

impl<'a> Splitter<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            self.skip_space();
            let rest = &self.text[self.at..];
            let line = self.line_here();
            let kind = match rest.chars().next()? {
                '\\' => Kind::Meta(self.take_line()),
                ';' => {
                    self.at += 1;
                    continue;
                }
                '-' if rest.starts_with(DIRECTIVE) => {
                    Kind::Directive(self.take_line()[DIRECTIVE.len()..].trim())
                }
                _ if is_comment(rest) => {
                    match after(self.text, self.at) {
                        Some(end) => self.at = end,
                        None => return Some(Piece { line, kind: self.unended(self.at) }),
                    }
                    continue;
                }
                _ => self.statement(),
            };
            return Some(Piece { line, kind });
        }
    }

    fn statement(&mut self) -> Kind<'a> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let routine = begins_routine(&self.text[start..]);
        let mut atomic = false;
        let mut at = start;
        let text = loop {
            match bytes.get(at) {
                None | Some(b'\\') => break &self.text[start..at],
                Some(b';') => {
                    let text = &self.text[start..at];
                    atomic = atomic || (routine && has_atomic_body(text));
                    if !atomic || ends_in_end(text) {
                        break text;
                    }
                    at += 1;
                }
                Some(_) => match after(self.text, at) {
                    Some(end) => at = end,
                    None => return self.unended(start),
                },
            }
        };
        self.at = if bytes.get(at) == Some(&b';') { at + 1 } else { at };
        if is_copy_from_stdin(text) {
            Kind::Copy(text, self.skip_rows())
        } else {
            Kind::Statement(text)
        }
    }

    /// Goes on after the first line that ends in a semicolon, as if the quote had ended there.
    fn unended(&mut self, start: usize) -> Kind<'a> {
        self.recoveries += 1;
        let rest = &self.text[start..];
        let end = match rest.find(";\n") {
            Some(length) if self.recoveries <= MAX_RECOVERIES => start + length + 1,
            _ => self.text.len(),
        };
        self.at = end;
        Kind::Unended(&self.text[start..end])
    }

    /// Skips the data of a COPY, up to `\.` on a line of its own.
    fn skip_rows(&mut self) -> usize {
        self.at = (line_end(self.text, self.at) + 1).min(self.text.len());
        let mut rows = 0;
        while self.at < self.text.len() {
            if self.take_line().trim_end() == "\\." {
                break;
            }
            rows += 1;
        }
        rows
    }

    /// The rest of the line; its newline is passed.
    fn take_line(&mut self) -> &'a str {
        let end = line_end(self.text, self.at);
        let line = &self.text[self.at..end];
        self.at = (end + 1).min(self.text.len());
        line
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn line_here(&mut self) -> usize {
        self.line += newlines(&self.text[self.counted..self.at]);
        self.counted = self.at;
        self.line
    }
}

/// How many lines end in `text`.
pub(super) fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn is_copy_from_stdin(text: &str) -> bool {
    let begins = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("copy"));
    begins && words(text).collect::<Vec<_>>().windows(2).any(|pair| pair == ["from", "stdin"])
}

fn begins_routine(text: &str) -> bool {
    let mut words =
        words(text).take(4).skip_while(|word| ["create", "or", "replace"].contains(&word.as_str()));
    matches!(words.next().as_deref(), Some("function" | "procedure"))
}

/// A body `BEGIN ATOMIC … END` has semicolons of its own.
fn has_atomic_body(text: &str) -> bool {
    words(text).collect::<Vec<_>>().windows(2).any(|pair| pair == ["begin", "atomic"])
}

fn ends_in_end(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 3
        && text.is_char_boundary(text.len() - 3)
        && text[text.len() - 3..].eq_ignore_ascii_case("end")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(usize, Kind<'_>)> {
        split(source, 100).0.into_iter().map(|piece| (piece.line, piece.kind)).collect()
    }

    #[test]
    fn semicolons_in_quotes_and_comments_end_nothing() {
        let source = "SELECT ';', \";\", E'\\';', $$;$$, $a$;$$;$a$ /* ; /* ; */ */ -- ;\n;\n\n-- ;\nSELECT 1";
        let end = source.find("\n;").unwrap() + 1;
        let whole = Kind::Statement(&source[..end]);
        assert_eq!(kinds(source), [(1, whole), (5, Kind::Statement("SELECT 1"))]);
    }

    #[test]
    fn data_and_commands_of_psql_are_apart() {
        let source = "\\restrict x\nCOPY t (a) FROM stdin;\n1;'\n2\n\\.\n\nSELECT 1 \\gexec\n-- tenanta: x 1\n";
        assert_eq!(
            kinds(source),
            [
                (1, Kind::Meta("\\restrict x")),
                (2, Kind::Copy("COPY t (a) FROM stdin", 2)),
                (7, Kind::Statement("SELECT 1 ")),
                (7, Kind::Meta("\\gexec")),
                (8, Kind::Directive("x 1")),
            ]
        );
    }

    #[test]
    fn a_quote_that_never_ends_costs_its_statement() {
        let source = "SELECT 'x;\nSELECT 2;\nSELECT $f$ 3;\nSELECT 4;\n";
        assert_eq!(
            kinds(source),
            [
                (1, Kind::Unended("SELECT 'x;")),
                (2, Kind::Statement("SELECT 2")),
                (3, Kind::Unended("SELECT $f$ 3;")),
                (4, Kind::Statement("SELECT 4")),
            ]
        );
    }

    #[test]
    fn bodies_in_sql_keep_their_semicolons() {
        let source =
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3;";
        assert_eq!(kinds(source).len(), 2);
    }
}
