//! The tree of PostgreSQL's grammar in the common form. Walked by hand, because what `pg_query`
//! offers for walking leaves nodes out; every kind of node that is not named here is refused.

use std::fmt;

use definition::expression::functions::ALIASES;
use pg_query::NodeEnum;
use pg_query::protobuf::{
    AConst, AExpr, AExprKind, AIndirection, BoolExprType, BoolTestType, CaseExpr, CoercionForm,
    ConstrType, Constraint, FuncCall, LimitOption, MinMaxOp, Node, NullTestType, ResTarget,
    SelectStmt, SetOperation, SqlValueFunctionOp, TypeCast, a_const,
};

use super::{Form, types};

/// Whether names carry their namespace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// As we render: functions of `pg_catalog`, enums of the schema's namespace.
    InFull,
    /// As people write.
    AsWritten,
}

/// Why there is no form.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The grammar does not take it.
    Unreadable(String),
    /// The grammar takes it, but `pg_query` cannot hand over the tree: it stops at 100 levels.
    TooDeep,
    /// It has a part that no expression of ours has.
    NoForm(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => f.write_str("too deep"),
            Self::Unreadable(message) => write!(f, "the grammar says: {message}"),
            Self::NoForm(what) => write!(f, "{what} has no form"),
        }
    }
}

type Formed = Result<Form, Refusal>;

fn no_form(what: impl fmt::Debug) -> Refusal {
    Refusal::NoForm(format!("{what:?}"))
}

/// The only statement of a text.
fn statement(text: &str) -> Result<NodeEnum, Refusal> {
    let parsed = match pg_query::parse(text, 0) {
        Ok(parsed) => parsed,
        Err(pg_query::Error::Decode(_)) => {
            let split = pg_query::split_with_parser(text);
            return Err(match split.is_ok_and(|statements| statements == [text]) {
                true => Refusal::TooDeep,
                false => Refusal::NoForm("what is not one statement".to_owned()),
            });
        }
        Err(error) => return Err(Refusal::Unreadable(error.to_string())),
    };
    let mut statements = parsed.protobuf.stmts.into_iter();
    match (statements.next().and_then(|raw| raw.stmt?.node), statements.next()) {
        (Some(statement), None) => Ok(statement),
        _ => Err(Refusal::NoForm("what is not one statement".to_owned())),
    }
}

/// The one expression that a text consists of.
pub(crate) fn single(text: &str, names: Names) -> Formed {
    let NodeEnum::SelectStmt(select) = statement(&["SELECT ", text].concat())? else {
        return Err(Refusal::NoForm("another statement".to_owned()));
    };
    let [Node { node: Some(NodeEnum::ResTarget(target)) }] = select.target_list.as_slice() else {
        return Err(Refusal::NoForm("a list of values".to_owned()));
    };
    // Everything but the one value is as in a statement that has nothing else.
    let bare = SelectStmt {
        target_list: select.target_list.clone(),
        limit_option: LimitOption::Default.into(),
        op: SetOperation::SetopNone.into(),
        ..SelectStmt::default()
    };
    let alone =
        ResTarget { val: target.val.clone(), location: target.location, ..ResTarget::default() };
    if *select != bare || **target != alone {
        return Err(Refusal::NoForm("another part of the statement".to_owned()));
    }
    Walk { names }.optional(target.val.as_deref())
}

/// The one expression that stands after DEFAULT, where less is taken without brackets.
pub(crate) fn default(rendered: &str) -> Formed {
    let text = ["CREATE TABLE t (c text DEFAULT ", rendered, " NOT NULL)"].concat();
    let NodeEnum::CreateStmt(create) = statement(&text)? else {
        return Err(Refusal::NoForm("another statement".to_owned()));
    };
    let [Node { node: Some(NodeEnum::ColumnDef(column)) }] = create.table_elts.as_slice() else {
        return Err(Refusal::NoForm("a list of columns".to_owned()));
    };
    let found: Vec<&Constraint> = column
        .constraints
        .iter()
        .filter_map(|node| match &node.node {
            Some(NodeEnum::Constraint(constraint)) => Some(&**constraint),
            _ => None,
        })
        .collect();
    let [default, not_null] = found.as_slice() else { return Err(no_form(&column.constraints)) };
    let as_written = default.contype() == ConstrType::ConstrDefault
        && not_null.contype() == ConstrType::ConstrNotnull
        && column.constraints.len() == 2
        && column.coll_clause.is_none();
    if !as_written {
        return Err(no_form(column));
    }
    Walk { names: Names::InFull }.optional(default.raw_expr.as_deref())
}

/// The texts of a list that names something.
pub(crate) fn strings(nodes: &[Node]) -> Result<Vec<&str>, Refusal> {
    nodes
        .iter()
        .map(|node| match &node.node {
            Some(NodeEnum::String(text)) => Ok(text.sval.as_str()),
            other => Err(no_form(other)),
        })
        .collect()
}

struct Walk {
    names: Names,
}

impl Walk {
    fn optional(&self, node: Option<&Node>) -> Formed {
        node.map_or_else(|| Err(Refusal::NoForm("nothing".to_owned())), |node| self.form(node))
    }

    fn all(&self, nodes: &[Node]) -> Result<Vec<Form>, Refusal> {
        nodes.iter().map(|node| self.form(node)).collect()
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is refused")]
    fn form(&self, node: &Node) -> Formed {
        let Some(kind) = &node.node else {
            return Err(Refusal::NoForm("an empty node".to_owned()));
        };
        match kind {
            NodeEnum::AConst(constant) => constant_form(constant),
            NodeEnum::SqlvalueFunction(function) => clock(function.op()),
            NodeEnum::ColumnRef(column) => match strings(&column.fields)?.as_slice() {
                [name] => Ok(Form::leaf(["column ", name].concat())),
                other => Err(no_form(other)),
            },
            NodeEnum::FuncCall(call) => self.call(call),
            NodeEnum::TypeCast(cast) => self.cast(cast),
            NodeEnum::AExpr(operation) => self.operation(operation),
            NodeEnum::BoolExpr(expression) => {
                let parts = self.all(&expression.args)?;
                match expression.boolop() {
                    BoolExprType::AndExpr => Ok(chain("AND", parts)),
                    BoolExprType::OrExpr => Ok(chain("OR", parts)),
                    BoolExprType::NotExpr => Ok(Form::of("NOT", parts)),
                    BoolExprType::Undefined => Err(no_form(expression)),
                }
            }
            NodeEnum::NullTest(test) => {
                let what = match test.nulltesttype() {
                    NullTestType::IsNull => "IS NULL",
                    NullTestType::IsNotNull => "IS NOT NULL",
                    NullTestType::Undefined => return Err(no_form(test)),
                };
                Ok(Form::of(what, vec![self.optional(test.arg.as_deref())?]))
            }
            NodeEnum::BooleanTest(test) => {
                let what = match test.booltesttype() {
                    BoolTestType::IsTrue => "IS TRUE",
                    BoolTestType::IsNotTrue => "IS NOT TRUE",
                    BoolTestType::IsFalse => "IS FALSE",
                    BoolTestType::IsNotFalse => "IS NOT FALSE",
                    BoolTestType::IsUnknown => "IS UNKNOWN",
                    BoolTestType::IsNotUnknown => "IS NOT UNKNOWN",
                    BoolTestType::Undefined => return Err(no_form(test)),
                };
                Ok(Form::of(what, vec![self.optional(test.arg.as_deref())?]))
            }
            NodeEnum::CaseExpr(case) => self.case(case),
            NodeEnum::CoalesceExpr(expression) => {
                Ok(Form::of("call coalesce", self.all(&expression.args)?))
            }
            NodeEnum::MinMaxExpr(expression) => {
                let what = match expression.op() {
                    MinMaxOp::IsGreatest => "call greatest",
                    MinMaxOp::IsLeast => "call least",
                    MinMaxOp::Undefined => return Err(no_form(expression)),
                };
                Ok(Form::of(what, self.all(&expression.args)?))
            }
            NodeEnum::AArrayExpr(array) => Ok(Form::of("ARRAY", self.all(&array.elements)?)),
            NodeEnum::RowExpr(row) => Ok(Form::of("ROW", self.all(&row.args)?)),
            NodeEnum::CollateClause(collate) => match strings(&collate.collname)?.as_slice() {
                [name] => {
                    let part = self.optional(collate.arg.as_deref())?;
                    Ok(Form::of(["COLLATE ", name].concat(), vec![part]))
                }
                other => Err(no_form(other)),
            },
            NodeEnum::AIndirection(indirection) => self.brackets(indirection),
            other => Err(no_form(other)),
        }
    }

    fn call(&self, call: &FuncCall) -> Formed {
        let plain = FuncCall {
            funcname: call.funcname.clone(),
            args: call.args.clone(),
            funcformat: call.funcformat,
            location: call.location,
            ..FuncCall::default()
        };
        if *call != plain {
            return Err(no_form(call));
        }
        let names = strings(&call.funcname)?;
        let mut parts = self.all(&call.args)?;
        let by_words = call.funcformat() == CoercionForm::CoerceSqlSyntax;
        match (names.as_slice(), by_words) {
            (["pg_catalog", "extract"], true) => {
                let value = parts.pop().ok_or_else(|| no_form(call))?;
                let field = parts.pop().ok_or_else(|| no_form(call))?;
                let field = field.what.strip_prefix("text ").ok_or_else(|| no_form(call))?;
                Ok(Form::of(["extract ", &field.to_lowercase()].concat(), vec![value]))
            }
            (["pg_catalog", "timezone"], true) if parts.len() == 2 => {
                parts.reverse();
                Ok(Form::of("AT TIME ZONE", parts))
            }
            (["pg_catalog", name], by_words) if !by_words || self.names == Names::AsWritten => {
                Ok(Form::of(["call ", self.function(name)].concat(), parts))
            }
            ([name], false) if self.names == Names::AsWritten => {
                Ok(Form::of(["call ", self.function(name)].concat(), parts))
            }
            _ => Err(no_form(call)),
        }
    }

    /// The name that a function is kept by.
    fn function<'n>(&self, name: &'n str) -> &'n str {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
        match self.names {
            Names::AsWritten => alias.map_or(name, |(_, kept)| kept),
            Names::InFull => name,
        }
    }

    fn cast(&self, cast: &TypeCast) -> Formed {
        let part = self.optional(cast.arg.as_deref())?;
        let target = cast.type_name.as_ref().ok_or_else(|| no_form(cast))?;
        if strings(&target.names)?.last() == Some(&"regconfig") {
            let text = part.what.strip_prefix("text ").ok_or_else(|| no_form(cast))?;
            let name = match self.names {
                Names::InFull => text.strip_prefix("pg_catalog.").ok_or_else(|| no_form(cast))?,
                Names::AsWritten => text.strip_prefix("pg_catalog.").unwrap_or(text),
            };
            let constant = Form::leaf(["text ", name].concat());
            return Ok(Form::of("cast regconfig", vec![constant]));
        }
        // `'A'::"char"` is kept as the bare constant, which means the same to `setweight`.
        if self.names == Names::AsWritten && strings(&target.names)?.as_slice() == ["char"] {
            return Ok(part);
        }
        let target = types::postgres(target, self.names)?;
        Ok(Form::of(["cast ", &target].concat(), vec![part]))
    }

    fn operation(&self, operation: &AExpr) -> Formed {
        let [operator] = strings(&operation.name)?[..] else { return Err(no_form(operation)) };
        let right = || self.optional(operation.rexpr.as_deref());
        let left = || self.optional(operation.lexpr.as_deref());
        let two = |what: &str| Ok(Form::of(what, vec![left()?, right()?]));
        match (operation.kind(), operator) {
            (AExprKind::AexprOp, "-") if operation.lexpr.is_none() => Ok(right()?.negated()),
            (AExprKind::AexprOp, _) if operation.lexpr.is_none() => {
                Ok(Form::of(["prefix ", operator].concat(), vec![right()?]))
            }
            (AExprKind::AexprOp, _) => two(&["infix ", operator].concat()),
            (AExprKind::AexprOpAny, _) => two(&[operator, " ANY"].concat()),
            (AExprKind::AexprOpAll, _) => two(&[operator, " ALL"].concat()),
            (AExprKind::AexprDistinct, "=") => two("IS DISTINCT FROM"),
            (AExprKind::AexprNotDistinct, "=") => two("IS NOT DISTINCT FROM"),
            (AExprKind::AexprNullif, "=") => two("call nullif"),
            (AExprKind::AexprIn, "=") => self.listed("IN", operation),
            (AExprKind::AexprIn, "<>") => self.listed("NOT IN", operation),
            (AExprKind::AexprLike, "~~") => self.like("LIKE", operation, "like_escape"),
            (AExprKind::AexprLike, "!~~") => self.like("NOT LIKE", operation, "like_escape"),
            (AExprKind::AexprIlike, "~~*") => self.like("ILIKE", operation, "like_escape"),
            (AExprKind::AexprIlike, "!~~*") => self.like("NOT ILIKE", operation, "like_escape"),
            (AExprKind::AexprSimilar, "~") => {
                self.like("SIMILAR TO", operation, "similar_to_escape")
            }
            (AExprKind::AexprSimilar, "!~") => {
                self.like("NOT SIMILAR TO", operation, "similar_to_escape")
            }
            (
                AExprKind::AexprBetween
                | AExprKind::AexprNotBetween
                | AExprKind::AexprBetweenSym
                | AExprKind::AexprNotBetweenSym,
                words,
            ) => self.listed(words, operation),
            _ => Err(no_form(operation)),
        }
    }

    /// An operation whose right side is a list.
    fn listed(&self, what: &str, operation: &AExpr) -> Formed {
        let mut parts = vec![self.optional(operation.lexpr.as_deref())?];
        match operation.rexpr.as_deref().and_then(|node| node.node.as_ref()) {
            Some(NodeEnum::List(list)) => parts.extend(self.all(&list.items)?),
            other => return Err(no_form(other)),
        }
        Ok(Form::of(what, parts))
    }

    /// The grammar puts a function around a pattern that has an escape, and around each pattern
    /// of SIMILAR TO. No expression of ours can call these functions by name.
    fn like(&self, what: &str, operation: &AExpr, escape: &str) -> Formed {
        let mut parts = vec![self.optional(operation.lexpr.as_deref())?];
        match operation.rexpr.as_deref().and_then(|node| node.node.as_ref()) {
            Some(NodeEnum::FuncCall(call))
                if strings(&call.funcname)? == ["pg_catalog", escape] =>
            {
                parts.extend(self.all(&call.args)?);
            }
            _ => parts.push(self.optional(operation.rexpr.as_deref())?),
        }
        Ok(Form::of(what, parts))
    }

    fn case(&self, case: &CaseExpr) -> Formed {
        let part = |what: &str, node: Option<&Node>| {
            let part = node.map(|node| self.form(node)).transpose()?;
            Ok(Form::of(what, part.into_iter().collect()))
        };
        let mut parts = vec![part("operand", case.arg.as_deref())?];
        for arm in &case.args {
            match &arm.node {
                Some(NodeEnum::CaseWhen(when)) => {
                    let (when, then) = (when.expr.as_deref(), when.result.as_deref());
                    parts.push(Form::of("WHEN", vec![self.optional(when)?, self.optional(then)?]));
                }
                other => return Err(no_form(other)),
            }
        }
        parts.push(part("ELSE", case.defresult.as_deref())?);
        Ok(Form::of("CASE", parts))
    }

    fn brackets(&self, indirection: &AIndirection) -> Formed {
        let mut parts = vec![self.optional(indirection.arg.as_deref())?];
        for one in &indirection.indirection {
            parts.push(match &one.node {
                Some(NodeEnum::AIndices(indices)) if indices.is_slice => {
                    let bound = |node: Option<&Node>| {
                        let bound = node.map(|node| self.form(node)).transpose()?;
                        Ok(Form::of("bound", bound.into_iter().collect()))
                    };
                    let (low, high) = (indices.lidx.as_deref(), indices.uidx.as_deref());
                    Form::of("slice", vec![bound(low)?, bound(high)?])
                }
                Some(NodeEnum::AIndices(indices)) if indices.lidx.is_none() => {
                    Form::of("index", vec![self.optional(indices.uidx.as_deref())?])
                }
                other => return Err(no_form(other)),
            });
        }
        Ok(Form::of("brackets", parts))
    }
}

fn constant_form(constant: &AConst) -> Formed {
    match (&constant.val, constant.isnull) {
        (None, true) => Ok(Form::leaf("null")),
        (Some(a_const::Val::Ival(number)), false) => Ok(Form::number(&number.ival.to_string())),
        (Some(a_const::Val::Fval(number)), false) => Ok(Form::number(&number.fval)),
        (Some(a_const::Val::Boolval(value)), false) => {
            Ok(Form::leaf(if value.boolval { "true" } else { "false" }))
        }
        (Some(a_const::Val::Sval(text)), false) => Ok(Form::leaf(["text ", &text.sval].concat())),
        _ => Err(no_form(constant)),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is refused")]
fn clock(op: SqlValueFunctionOp) -> Formed {
    Ok(Form::leaf(match op {
        SqlValueFunctionOp::SvfopCurrentDate => "CURRENT_DATE",
        SqlValueFunctionOp::SvfopCurrentTime => "CURRENT_TIME",
        SqlValueFunctionOp::SvfopCurrentTimestamp => "CURRENT_TIMESTAMP",
        SqlValueFunctionOp::SvfopLocaltime => "LOCALTIME",
        SqlValueFunctionOp::SvfopLocaltimestamp => "LOCALTIMESTAMP",
        other => return Err(no_form(other)),
    }))
}

/// The grammar keeps `a AND b AND c` as one flat list; we keep it in pairs from the left.
fn chain(word: &str, parts: Vec<Form>) -> Form {
    let pair = |left, right| Form::of(word, vec![left, right]);
    parts.into_iter().reduce(pair).unwrap_or_else(|| Form::leaf(word))
}
