//! The tree of `definition` in the common form.

use definition::expression::Node;

use super::{Form, types};

/// The form of a tree.
pub(crate) fn form(node: &Node) -> Form {
    match node {
        Node::Null => Form::leaf("null"),
        Node::Bool(value) => Form::leaf(if *value { "true" } else { "false" }),
        Node::Number(number) => Form::number(number),
        Node::Text(text) => Form::leaf(["text ", text].concat()),
        Node::Column(name) => Form::leaf(["column ", name.as_str()].concat()),
        Node::Clock(clock) => Form::leaf(clock.word()),
        Node::Prefix("NOT ", operand) => Form::of("NOT", vec![form(operand)]),
        Node::Prefix("-", operand) => form(operand).negated(),
        Node::Prefix(sign, operand) => {
            Form::of(["prefix ", sign.trim()].concat(), vec![form(operand)])
        }
        Node::Infix(left, word @ ("AND" | "OR"), right) => all(word, &[left, right]),
        Node::Infix(left, operator, right) => all(&["infix ", operator].concat(), &[left, right]),
        Node::Is(operand, negated, test) => {
            all(&["IS ", if *negated { "NOT " } else { "" }, test].concat(), &[operand])
        }
        Node::IsDistinct(left, negated, right) => {
            let words = if *negated { "IS NOT DISTINCT FROM" } else { "IS DISTINCT FROM" };
            all(words, &[left, right])
        }
        Node::In(operand, negated, items) => {
            let parts = std::iter::once(&**operand).chain(items).map(form).collect();
            Form::of(if *negated { "NOT IN" } else { "IN" }, parts)
        }
        Node::Between(operand, words, low, high) => all(words, &[operand, low, high]),
        Node::Like(operand, words, pattern, escape) => {
            let parts = [operand, pattern].into_iter().chain(escape).map(|part| form(part));
            Form::of(*words, parts.collect())
        }
        Node::Quantified(left, operator, word, array) => {
            all(&[operator, " ", word].concat(), &[left, array])
        }
        Node::Call(function, arguments) => {
            let what = ["call ", function.name].concat();
            Form::of(what, arguments.iter().map(form).collect())
        }
        Node::Extract(field, operand) => all(&["extract ", field].concat(), &[operand]),
        Node::Cast(operand, target) => all(&["cast ", &types::ours(target)].concat(), &[operand]),
        Node::Case(operand, arms, otherwise) => {
            case(operand.as_deref(), arms, otherwise.as_deref())
        }
        Node::Array(items) => Form::of("ARRAY", items.iter().map(form).collect()),
        Node::Row(items) => Form::of("ROW", items.iter().map(form).collect()),
        Node::Subscript(..) | Node::Slice(..) => brackets(node),
        Node::Configuration(name) => {
            let constant = Form::leaf(["text ", name].concat());
            Form::of("cast regconfig", vec![constant])
        }
        Node::AtTimeZone(operand, zone) => all("AT TIME ZONE", &[operand, zone]),
        Node::Collate(operand, name) => all(&["COLLATE ", name.as_str()].concat(), &[operand]),
    }
}

fn all(what: &str, parts: &[&Node]) -> Form {
    Form::of(what, parts.iter().map(|part| form(part)).collect())
}

fn case(operand: Option<&Node>, arms: &[(Node, Node)], otherwise: Option<&Node>) -> Form {
    let part =
        |what: &str, node: Option<&Node>| Form::of(what, node.map(form).into_iter().collect());
    let mut parts = vec![part("operand", operand)];
    parts.extend(arms.iter().map(|(when, then)| all("WHEN", &[when, then])));
    parts.push(part("ELSE", otherwise));
    Form::of("CASE", parts)
}

/// Brackets that follow one another belong together: with one slice among them, all are slices.
fn brackets(node: &Node) -> Form {
    let mut base = node;
    let mut parts = Vec::new();
    while let Node::Subscript(inner, _) | Node::Slice(inner, ..) = base {
        if let Node::Subscript(_, index) = base {
            parts.push(Form::of("index", vec![form(index)]));
        } else if let Node::Slice(_, from, to) = base {
            let bound = |bound: &Option<Box<Node>>| {
                Form::of("bound", bound.as_deref().map(form).into_iter().collect())
            };
            parts.push(Form::of("slice", vec![bound(from), bound(to)]));
        }
        base = inner;
    }
    parts.push(form(base));
    parts.reverse();
    Form::of("brackets", parts)
}
