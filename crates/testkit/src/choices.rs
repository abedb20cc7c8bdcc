//! Numbers that decide questions.

/// Answers to come; when they have run out, every answer is the first one.
#[derive(Clone, Debug)]
pub struct Choices {
    numbers: std::vec::IntoIter<u32>,
}

impl Choices {
    /// Takes the numbers in their order.
    pub fn new(numbers: Vec<u32>) -> Self {
        Self { numbers: numbers.into_iter() }
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let number = self.numbers.next().unwrap_or_default() as usize;
        if end == 0 { 0 } else { number % end }
    }

    /// Yes, in so many cases of a hundred.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) >= 100 - often
    }

    /// One of these.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// One of these, unless there is none.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Something, in so many cases of a hundred.
    pub(crate) fn maybe<T>(
        &mut self,
        often: usize,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        self.percent(often).then(|| make(self))
    }

    /// Some of these, in another order, at most so many.
    pub(crate) fn some<'a, T>(&mut self, of: &'a [T], most: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = of.iter().collect();
        let count = self.below(most.min(left.len()) + 1);
        (0..count).map(|_| left.remove(self.below(left.len()))).collect()
    }
}
