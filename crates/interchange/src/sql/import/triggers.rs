//! Triggers. Those that keep the time of an update become `trackUpdates`; no other comes in.

use pg_query::NodeEnum;
use pg_query::protobuf::{CreateFunctionStmt, CreateTrigStmt, Node};

use super::expressions::constant_text;
use super::names::{Qualified, list, text, texts};
use super::reader::{At, Reader};

/// PostgreSQL's bits of a trigger: when it runs, and at what.
const BEFORE: i32 = 1 << 1;
const INSERT: i32 = 1 << 2;
const UPDATE: i32 = 1 << 4;

/// The longest body that is looked at.
const MAX_TOUCH_BYTES: usize = 2_000;

/// A function that sets a column to the time, and does nothing else.
#[derive(Debug)]
pub(super) struct Touch {
    line: usize,
    column: String,
    used: bool,
}

impl Reader {
    pub(super) fn function(&mut self, statement: &CreateFunctionStmt, at: At<'_>) {
        let Some(name) = Qualified::of_texts(&texts(&statement.funcname), at.here) else { return };
        let column = body(statement).and_then(|body| touched_column(&body));
        match column {
            Some(column) => {
                self.touches.insert(name, Touch { line: at.line, column, used: false });
            }
            None => {
                let message = format!("the function `{}` is left out", name.name);
                self.findings.warning(at.line, "function", message);
            }
        }
    }

    pub(super) fn trigger(&mut self, statement: &CreateTrigStmt, at: At<'_>) {
        let name = &statement.trigname;
        let Some(function) = Qualified::of_texts(&texts(&statement.funcname), at.here) else {
            return;
        };
        let touch = self.touches.get_mut(&function).map(|touch| {
            touch.used = true;
            touch.column.clone()
        });
        // The function of PostgreSQL's extension `moddatetime` takes the column as its argument.
        let column = touch.or_else(|| match function.name.as_str() {
            "moddatetime" => statement.args.first().and_then(argument),
            _ => None,
        });
        let plain = statement.row
            && statement.timing == BEFORE
            && statement.columns.is_empty()
            && statement.when_clause.is_none();
        let updates = [UPDATE, INSERT | UPDATE].contains(&statement.events);
        let Some(table) = self.table(statement.relation.as_ref(), at, at.line) else { return };
        let table_name = table.name().to_owned();
        match column {
            Some(column) if plain && updates => {
                table.part.set(at.line, "trackUpdates", column.as_str());
                if statement.events != UPDATE {
                    let message = format!(
                        "`{table_name}.{column}` is set by updates only; give it a default for new rows"
                    );
                    self.findings.info(at.line, "trigger_on_insert", message);
                }
            }
            _ => {
                let message = format!("the trigger `{name}` of `{table_name}` is left out");
                self.findings.warning(at.line, "trigger", message);
            }
        }
    }

    /// When everything was read: functions that no trigger used are told like all others.
    pub(super) fn settle_triggers(&mut self) {
        for (name, touch) in std::mem::take(&mut self.touches) {
            if !touch.used {
                let message = format!("the function `{}` is left out", name.name);
                self.findings.warning(touch.line, "function", message);
            }
        }
    }
}

fn argument(node: &Node) -> Option<String> {
    text(node).or_else(|| constant_text(node)).map(str::to_owned)
}

/// The body of a trigger function in PL/pgSQL.
fn body(statement: &CreateFunctionStmt) -> Option<String> {
    let option = |wanted: &str| {
        statement.options.iter().find_map(|node| match &node.node {
            Some(NodeEnum::DefElem(option)) if option.defname == wanted => option.arg.as_deref(),
            _ => None,
        })
    };
    let language = text(option("language")?)?;
    let returns = statement.return_type.as_ref()?;
    let is_trigger = texts(&returns.names).last() == Some(&"trigger");
    let body = list(option("as")?).join("");
    (is_trigger && language.eq_ignore_ascii_case("plpgsql") && body.len() <= MAX_TOUCH_BYTES)
        .then_some(body)
}

/// What our own triggers ask first, so that a migration's writes count as no update.
const UNLESS_QUIET: &str =
    "IF pg_catalog.current_setting('tenanta.quiet', true) IS DISTINCT FROM 'on' THEN";

/// The column in `BEGIN NEW.column := now(); RETURN NEW; END`.
fn touched_column(body: &str) -> Option<String> {
    let without_comments: Vec<&str> =
        body.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    let text = without_comments.join(" ");
    let rest = after_word(&text, "begin")?;
    let (rest, is_ours) = match rest.trim_start().strip_prefix(UNLESS_QUIET) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let rest = after_word(rest, "new")?.trim_start().strip_prefix('.')?.trim_start();
    let (column, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted_name(quoted)?,
        None => {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
            (rest[..end].to_lowercase(), &rest[end..])
        }
    };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(":=").or_else(|| rest.strip_prefix('='))?;
    let (value, rest) = rest.split_once(';')?;
    let rest = if is_ours { after_word(rest, "end if;")? } else { rest };
    let rest = after_word(after_word(rest, "return")?, "new")?.trim_start().strip_prefix(';')?;
    let rest = after_word(rest, "end")?.trim();
    ((rest.is_empty() || rest == ";") && is_clock(value)).then_some(column)
}

/// A name up to its closing quote, and what follows.
fn quoted_name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some((name, after)),
        }
    }
}

fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let text = text.trim_start();
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn is_clock(value: &str) -> bool {
    let bare: String = value.to_lowercase().split_whitespace().collect();
    let bare = bare.strip_prefix("pg_catalog.").unwrap_or(&bare);
    [
        "now()",
        "current_timestamp",
        "localtimestamp",
        "clock_timestamp()",
        "statement_timestamp()",
        "transaction_timestamp()",
    ]
    .contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::touched_column;

    #[test]
    fn only_what_keeps_the_time_is_known() {
        let column = |body: &str| touched_column(body);
        assert_eq!(
            column("\nBEGIN\n  -- touch\n  NEW.updated_at = now();\n  RETURN NEW;\nEND;\n")
                .as_deref(),
            Some("updated_at")
        );
        assert_eq!(
            column("begin new.\"Changed\" := CURRENT_TIMESTAMP; return new; end").as_deref(),
            Some("Changed")
        );
        assert_eq!(
            column("BEGIN NEW.a := pg_catalog.now(); RETURN NEW; END").as_deref(),
            Some("a")
        );
        assert_eq!(
            column(
                "BEGIN IF pg_catalog.current_setting('tenanta.quiet', true) IS DISTINCT FROM 'on' \
                 THEN NEW.\"a\"\"b\" := pg_catalog.now(); END IF; RETURN NEW; END"
            )
            .as_deref(),
            Some("a\"b")
        );
        for other in [
            "",
            "BEGIN NEW.a := now(); NEW.b := 1; RETURN NEW; END",
            "BEGIN NEW.a := now() + '1 day'; RETURN NEW; END",
            "BEGIN NEW.a := now(); RETURN OLD; END",
            "BEGIN IF x THEN NEW.a := now(); END IF; RETURN NEW; END",
        ] {
            assert_eq!(column(other), None, "{other}");
        }
    }
}
