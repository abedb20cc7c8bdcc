//! Expressions: PostgreSQL's tree, without the names of the namespace, as text again.
//!
//! The text is only handed on. Whether it may stand in a document, the wall in `definition`
//! decides, which reads it with a parser of its own.

use pg_query::NodeEnum;
use pg_query::protobuf::{
    AConst, CoercionForm, ColumnRef, FuncCall, LimitOption, Node, ResTarget, SelectStmt,
    SetOperation, String as Text, TypeName, a_const,
};

use super::names::{Qualified, text, texts};
use super::reader::Reader;

/// How deep an expression may be; far above what the wall takes.
const MAX_DEPTH: usize = 200;

impl Reader {
    /// The text of an expression, or why it cannot be taken over.
    pub(super) fn expression_text(&self, node: &Node, here: &str) -> Result<String, String> {
        let mut node = node.clone();
        Cleaner { reader: self, here, value: None }.clean(&mut node, 0)?;
        deparsed(node)
    }

    /// A condition of a domain as one on a column of a table.
    pub(super) fn domain_check(
        &self,
        node: &Node,
        here: &str,
        column: &str,
    ) -> Result<String, String> {
        let mut node = node.clone();
        Cleaner { reader: self, here, value: Some(column) }.clean(&mut node, 0)?;
        deparsed(node)
    }
}

/// PostgreSQL's own way of writing a tree, which knows whole statements only.
fn deparsed(node: Node) -> Result<String, String> {
    let target = ResTarget { val: Some(Box::new(node)), ..ResTarget::default() };
    let select = SelectStmt {
        target_list: vec![Node { node: Some(NodeEnum::ResTarget(Box::new(target))) }],
        limit_option: LimitOption::Default.into(),
        op: SetOperation::SetopNone.into(),
        ..SelectStmt::default()
    };
    let text = NodeEnum::SelectStmt(Box::new(select))
        .deparse(pg_query::DeparseOptions::default())
        .map_err(|error| error.to_string())?;
    text.strip_prefix("SELECT ").map(str::to_owned).ok_or_else(|| "it is no expression".to_owned())
}

struct Cleaner<'a> {
    reader: &'a Reader,
    here: &'a str,
    /// The column that stands for `VALUE` of a domain.
    value: Option<&'a str>,
}

impl Cleaner<'_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not listed is refused")]
    fn clean(&self, node: &mut Node, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("it is more than {MAX_DEPTH} levels deep"));
        }
        let next = depth + 1;
        let Some(kind) = &mut node.node else { return Ok(()) };
        match kind {
            NodeEnum::AConst(_) | NodeEnum::SqlvalueFunction(_) => Ok(()),
            NodeEnum::ColumnRef(column) => self.column(column),
            NodeEnum::FuncCall(call) => self.call(call, next),
            NodeEnum::TypeCast(cast) => {
                self.optional(cast.arg.as_deref_mut(), next)?;
                cast.type_name.as_mut().map_or(Ok(()), |name| self.type_name(name))
            }
            NodeEnum::AExpr(operation) => {
                self.own_name(&mut operation.name)?;
                self.optional(operation.lexpr.as_deref_mut(), next)?;
                self.optional(operation.rexpr.as_deref_mut(), next)
            }
            NodeEnum::BoolExpr(expression) => self.all(&mut expression.args, next),
            NodeEnum::NullTest(test) => self.optional(test.arg.as_deref_mut(), next),
            NodeEnum::BooleanTest(test) => self.optional(test.arg.as_deref_mut(), next),
            NodeEnum::CaseExpr(case) => {
                self.optional(case.arg.as_deref_mut(), next)?;
                self.all(&mut case.args, next)?;
                self.optional(case.defresult.as_deref_mut(), next)
            }
            NodeEnum::CaseWhen(when) => {
                self.optional(when.expr.as_deref_mut(), next)?;
                self.optional(when.result.as_deref_mut(), next)
            }
            NodeEnum::CoalesceExpr(expression) => self.all(&mut expression.args, next),
            NodeEnum::MinMaxExpr(expression) => self.all(&mut expression.args, next),
            NodeEnum::AArrayExpr(array) => self.all(&mut array.elements, next),
            NodeEnum::RowExpr(row) => self.all(&mut row.args, next),
            NodeEnum::List(list) => self.all(&mut list.items, next),
            NodeEnum::CollateClause(collate) => {
                self.own_name(&mut collate.collname)?;
                self.optional(collate.arg.as_deref_mut(), next)
            }
            NodeEnum::AIndirection(indirection) => {
                self.optional(indirection.arg.as_deref_mut(), next)?;
                self.all(&mut indirection.indirection, next)
            }
            NodeEnum::AIndices(indices) => {
                self.optional(indices.lidx.as_deref_mut(), next)?;
                self.optional(indices.uidx.as_deref_mut(), next)
            }
            NodeEnum::SubLink(_) => Err("it reads other rows".to_owned()),
            NodeEnum::SetToDefault(_) => Err("DEFAULT is no value here".to_owned()),
            _ => Err("it has a form that documents do not take".to_owned()),
        }
    }

    fn all(&self, nodes: &mut [Node], depth: usize) -> Result<(), String> {
        nodes.iter_mut().try_for_each(|node| self.clean(node, depth))
    }

    fn optional(&self, node: Option<&mut Node>, depth: usize) -> Result<(), String> {
        node.map_or(Ok(()), |node| self.clean(node, depth))
    }

    /// `table.column` is only ever a column of the own table.
    fn column(&self, column: &mut ColumnRef) -> Result<(), String> {
        if let (Some(name), ["value"]) = (self.value, texts(&column.fields).as_slice()) {
            column.fields = vec![named(name)];
        }
        match column.fields.last() {
            Some(last) if text(last).is_some() => {
                column.fields = vec![last.clone()];
                Ok(())
            }
            _ => Err("`*` is no column".to_owned()),
        }
    }

    fn call(&self, call: &mut FuncCall, depth: usize) -> Result<(), String> {
        let plain = call.agg_order.is_empty()
            && call.agg_filter.is_none()
            && call.over.is_none()
            && !call.agg_star
            && !call.agg_distinct
            && !call.agg_within_group;
        if !plain {
            return Err("it looks at several rows".to_owned());
        }
        let names = texts(&call.funcname);
        if let Some(name) = Qualified::of_texts(&names, self.here)
            && self.reader.functions.contains(&name)
        {
            return Err(format!("`{}` is a function of this source", name.name));
        }
        // Extensions keep their functions in any namespace; the wall knows them by name. What SQL
        // writes with words inside, as `extract(year FROM x)`, is only known by its whole name.
        if call.funcformat() != CoercionForm::CoerceSqlSyntax
            && let Some(last) = call.funcname.last().cloned()
        {
            call.funcname = vec![last];
        }
        self.all(&mut call.args, depth)
    }

    /// Operators and collations: bare, when they are PostgreSQL's own.
    fn own_name(&self, name: &mut Vec<Node>) -> Result<(), String> {
        let texts = texts(name);
        if let [namespace, _] = texts.as_slice()
            && ![self.reader.namespace.as_str(), "public", "pg_catalog"].contains(namespace)
        {
            return Err(format!("`{}` is of another namespace", texts.join(".")));
        }
        if let Some(last) = name.last().cloned() {
            *name = vec![last];
        }
        Ok(())
    }

    fn type_name(&self, name: &mut TypeName) -> Result<(), String> {
        let names = texts(&name.names);
        let Some(qualified) = Qualified::of_texts(&names, self.here) else { return Ok(()) };
        if names.len() == 1
            && !self.reader.domains.contains_key(&qualified.name)
            && qualified.name != "citext"
        {
            return Ok(());
        }
        if qualified.namespace == "pg_catalog" {
            return Ok(());
        }
        let read = self.reader.type_of(name, self.here);
        if read.domain.is_some() || read.case_insensitive {
            let base = parsed_type(&read.text)?;
            *name = base;
        } else if self.reader.own(&qualified).is_some() || qualified.namespace == "public" {
            name.names = vec![named(&qualified.name)];
        } else {
            return Err(format!("`{}` is of another namespace", names.join(".")));
        }
        Ok(())
    }
}

/// The tree of a type that documents know.
fn parsed_type(text: &str) -> Result<TypeName, String> {
    let failed = || format!("`{text}` is no type of PostgreSQL");
    let parsed = pg_query::parse(&format!("SELECT NULL::{text}"), 0).map_err(|_| failed())?;
    let mut pending: Vec<Node> =
        parsed.protobuf.stmts.into_iter().filter_map(|raw| raw.stmt).map(|node| *node).collect();
    while let Some(node) = pending.pop() {
        match node.node {
            Some(NodeEnum::SelectStmt(select)) => pending.extend(select.target_list),
            Some(NodeEnum::ResTarget(target)) => pending.extend(target.val.map(|node| *node)),
            Some(NodeEnum::TypeCast(cast)) => return cast.type_name.ok_or_else(failed),
            _ => return Err(failed()),
        }
    }
    Err(failed())
}

fn named(name: &str) -> Node {
    Node { node: Some(NodeEnum::String(Text { sval: name.to_owned() })) }
}

/// The text of a constant, as in `'x'` or `'x'::regclass`.
pub(super) fn constant_text(node: &Node) -> Option<&str> {
    match &node.node {
        Some(NodeEnum::AConst(AConst { val: Some(a_const::Val::Sval(text)), .. })) => {
            Some(&text.sval)
        }
        Some(NodeEnum::TypeCast(cast)) => constant_text(cast.arg.as_deref()?),
        _ => None,
    }
}
