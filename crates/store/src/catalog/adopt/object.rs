//! JSON objects that leave out what is absent.

use serde_json::{Map, Value};

#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    pub(super) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    pub(super) fn flag(self, key: &str, value: bool) -> Self {
        self.maybe(key, value.then_some(true))
    }

    pub(super) fn list<T: Into<Value>>(self, key: &str, items: Vec<T>) -> Self {
        let items: Vec<Value> = items.into_iter().map(Into::into).collect();
        self.maybe(key, (!items.is_empty()).then_some(items))
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}
