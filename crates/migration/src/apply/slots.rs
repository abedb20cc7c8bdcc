//! A list whose things are found by a key and keep their places.

use std::collections::HashMap;
use std::hash::Hash;

/// A list. What goes leaves its place free for what comes under the same key.
pub(super) struct Slots<T, K> {
    items: Vec<Option<T>>,
    places: HashMap<K, usize>,
    key: fn(&T) -> K,
}

impl<T, K: Eq + Hash> Slots<T, K> {
    pub(super) fn of(items: Vec<T>, key: fn(&T) -> K) -> Self {
        let places = items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
        Self { items: items.into_iter().map(Some).collect(), places, key }
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut T> {
        self.items.get_mut(*self.places.get(key)?)?.as_mut()
    }

    pub(super) fn remove(&mut self, key: &K) {
        if let Some(at) = self.places.get(key) {
            self.items[*at] = None;
        }
    }

    /// Puts something where the last one of its key was, or at the end.
    pub(super) fn put(&mut self, item: T) {
        let at = *self.places.entry((self.key)(&item)).or_insert(self.items.len());
        match self.items.get_mut(at) {
            Some(free) => *free = Some(item),
            None => self.items.push(Some(item)),
        }
    }

    pub(super) fn retain(&mut self, stays: impl Fn(&T) -> bool) {
        for item in &mut self.items {
            *item = item.take().filter(&stays);
        }
    }

    /// Puts the things in the order in which `wanted` lists what tells them; others come last.
    pub(super) fn reorder<P: Eq + Hash>(&mut self, wanted: &[P], told_by: impl Fn(&T) -> P) {
        let ranks: HashMap<&P, usize> =
            wanted.iter().enumerate().map(|(rank, it)| (it, rank)).collect();
        let rank = |item: &T| ranks.get(&told_by(item)).copied().unwrap_or(usize::MAX);
        let mut items: Vec<T> = self.items.drain(..).flatten().collect();
        items.sort_by_cached_key(rank);
        *self = Self::of(items, self.key);
    }

    pub(super) fn into_vec(self) -> Vec<T> {
        self.items.into_iter().flatten().collect()
    }
}
