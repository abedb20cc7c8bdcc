//! What the expressions of these tests may speak of: a column of each type, and some with names
//! that would break out of quotes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use definition::column_type::{Builtin, ColumnType};
use definition::expression::{Context, ExpressionError, Place};
use definition::model::{Enum, EnumValue};
use definition::{Expression, Id, Name};

/// All places.
pub(crate) const PLACES: [Place; 5] =
    [Place::Default, Place::Check, Place::Generated, Place::IndexKey, Place::Predicate];

/// Columns of the type `text` whose names want to be something else.
pub(crate) const ODD: [&str; 20] = [
    "select",
    "null",
    "current_date",
    "array",
    "a b",
    "A",
    "größe",
    "it's",
    "say \"so\"",
    "\"",
    "\\",
    "--",
    "/*",
    "$$",
    "a;b",
    "U&\"a\"",
    "E'x'",
    "a\u{200d}b",
    "(x",
    "123456789012345678901234567890123456789012345678901234567890123",
];

/// Columns by name, the schema's one enum.
struct World {
    columns: BTreeMap<String, ColumnType>,
    mood: Enum,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut columns = BTreeMap::new();
    for builtin in Builtin::ALL {
        // `bit` is `bit(1)`; what has no length has another name.
        for plain in [ColumnType::plain(*builtin), column_type(builtin.name())] {
            columns.insert(plain.to_string(), plain.clone());
            let array = ColumnType { array: true, ..plain };
            columns.insert(array.to_string(), array);
        }
    }
    for spelling in ["mood", "mood[]"] {
        columns.insert(spelling.to_owned(), column_type(spelling));
    }
    for name in ODD {
        columns.insert(name.to_owned(), column_type("text"));
    }
    let named = |name: &str| Name::new(name).expect("it is short");
    let id = |id: &str| Id::new(id).expect("it is short");
    let values = ["fine", "it's"]
        .map(|name| EnumValue { id: id(&name[..2].replace('\'', "")), name: named(name) });
    let mood =
        Enum { id: id("mood"), name: named("mood"), values: values.into(), description: None };
    World { columns, mood }
});

/// A type as documents spell it.
pub(crate) fn column_type(spelling: &str) -> ColumnType {
    let parsed = ColumnType::parse(spelling, &|name| name == "mood");
    parsed.unwrap_or_else(|error| panic!("{spelling}: {error}")).column_type
}

static CONTEXTS: LazyLock<[Context<'static>; 5]> = LazyLock::new(|| {
    let world = &*WORLD;
    PLACES.map(|place| {
        let columns = match place {
            Place::Default => BTreeMap::new(),
            Place::Check | Place::Generated | Place::IndexKey | Place::Predicate => {
                world.columns.iter().map(|(name, known)| (name.as_str(), Some(known))).collect()
            }
        };
        let enums = [("mood", Some(&world.mood))].into();
        Context { place, columns, enums, wanted: None, method: None }
    })
});

/// Reads an expression in a place, among the columns.
pub(crate) fn parse(place: Place, text: &str) -> Result<Expression, ExpressionError> {
    let context = CONTEXTS.iter().find(|context| context.place == place);
    Expression::parse(text, context.expect("there is one for each place"))
}
