//! Numbers as texts: ranges and precisions are checked without turning them into machine numbers.

use definition::column_type::Builtin;

/// The smallest and largest value of an integer type.
pub(super) fn integer_range(builtin: Builtin) -> (i64, i64) {
    if builtin == Builtin::SmallInt {
        (i16::MIN.into(), i16::MAX.into())
    } else if builtin == Builtin::Integer {
        (i32::MIN.into(), i32::MAX.into())
    } else {
        (i64::MIN, i64::MAX)
    }
}

/// Whether the text is a whole number within the range.
pub(super) fn is_integer(text: &str, (least, most): (i64, i64)) -> bool {
    text.parse().is_ok_and(|number: i64| (least..=most).contains(&number))
}

/// Whether the text is a decimal number as PostgreSQL reads one.
pub(super) fn is_decimal(text: &str) -> bool {
    Decimal::parse(text).is_some()
}

/// Whether a decimal number, rounded to `scale` digits after the point, has at most `precision`
/// digits. True for what is no plain number: PostgreSQL judges that.
pub(super) fn fits(text: &str, precision: u32, scale: i32) -> bool {
    let Some(decimal) = Decimal::parse(text) else { return true };
    let most_whole = i64::from(precision) - i64::from(scale);
    match decimal.whole_digits() {
        None => true,
        Some(whole) if whole < most_whole => true,
        Some(whole) => whole == most_whole && !decimal.rounds_up_past(precision as usize),
    }
}

/// A number's significant digits, the first not zero, and where the point stands in them.
struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let point =
            i64::try_from(whole.len()).ok()? + i64::from(exponent) - i64::try_from(zeros).ok()?;
        Some(Self { digits: digits[zeros..].to_vec(), point })
    }

    /// Digits before the point, fewer than none for small fractions; nothing for zero.
    fn whole_digits(&self) -> Option<i64> {
        (!self.digits.is_empty()).then_some(self.point)
    }

    /// Whether rounding to the first `kept` digits carries into one more digit: 99.95 to 100.0.
    fn rounds_up_past(&self, kept: usize) -> bool {
        let nines = self.digits.len() > kept && self.digits[..kept].iter().all(|d| *d == b'9');
        nines && self.digits[kept] >= b'5'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_judged_after_rounding() {
        for (text, precision, scale, expected) in [
            ("99.99", 4, 2, true),
            ("99.994", 4, 2, true),
            ("99.995", 4, 2, false),
            ("-99.995", 4, 2, false),
            ("100", 4, 2, false),
            ("0100.00", 5, 2, true),
            ("0.004", 2, 2, true),
            ("0.995", 2, 2, false),
            ("0.994", 2, 2, true),
            ("1e2", 4, 2, false),
            ("1e1", 4, 2, true),
            ("12345e-3", 4, 2, true),
            ("0e999", 4, 2, true),
            ("NaN", 4, 2, true),
            (".5", 1, 1, true),
        ] {
            assert_eq!(fits(text, precision, scale), expected, "{text} ({precision},{scale})");
        }
    }

    #[test]
    fn integers_have_ranges() {
        let small = integer_range(Builtin::SmallInt);
        assert!(is_integer("-32768", small) && is_integer("+7", small));
        for text in ["32768", "1.0", "1e2", "", "x", "0x10", "99999999999999999999999999"] {
            assert!(!is_integer(text, small), "{text}");
        }
    }

    #[test]
    fn decimals_have_a_shape() {
        assert!(["1", "-1.5", ".5", "5.", "1e10", "+0.1E-3"].into_iter().all(is_decimal));
        assert!(
            !["", ".", "-", "1e", "e1", "1.2.3", "1,5", "--1", "0x1"].into_iter().any(is_decimal)
        );
    }
}
