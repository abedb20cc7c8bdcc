//! Types by number, and sets of them: which forms of an operator take a type is asked often.

/// A type that is declared for an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeNumber(u8);

impl TypeNumber {
    /// Of the polymorphic types, which take any type at first sight.
    pub(super) const ANY: Self = Self(127);

    /// The numbers of the catalog's types, in their order.
    pub(super) fn at(position: usize) -> Option<Self> {
        u8::try_from(position).ok().map(Self).filter(|number| number.0 < Self::ANY.0)
    }
}

/// Several types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeSet(u128);

impl TypeSet {
    /// Every type.
    pub(super) const ALL: Self = Self(u128::MAX);
    /// The polymorphic types, which are in every set.
    pub(super) const ANY: Self = Self(1 << TypeNumber::ANY.0);

    /// The set with one more.
    pub(super) fn with(self, number: TypeNumber) -> Self {
        Self(self.0 | 1 << number.0)
    }

    /// Whether a type is in it.
    pub(super) fn has(self, number: TypeNumber) -> bool {
        self.0 >> number.0 & 1 == 1
    }
}
