//! Sizes and times as people write them in settings: `10MiB`, `30s`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The units of sizes, each with its factor; longest first, so that `MiB` is not read as `B`.
const SIZES: [(&str, usize); 8] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
    ("", 1),
];
/// The units of times, each with its milliseconds.
const TIMES: [(&str, u64); 5] =
    [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1000)];

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteSize(usize);

impl ByteSize {
    /// So many MiB.
    pub const fn mebibytes(count: usize) -> Self {
        Self(count << 20)
    }

    /// So many bytes.
    pub const fn bytes(self) -> usize {
        self.0
    }
}

impl FromStr for ByteSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        SIZES
            .iter()
            .find_map(|(unit, factor)| {
                let number: usize = lower.strip_suffix(unit)?.trim_end().parse().ok()?;
                number.checked_mul(*factor).map(Self)
            })
            .ok_or_else(|| "a size looks like 10MiB, 500kB or 1048576".to_owned())
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}B", self.0)
    }
}

/// Reads a time; without a unit it is seconds.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let lower = text.trim().to_ascii_lowercase();
    let time = TIMES.iter().find_map(|(unit, factor)| {
        let number: u64 = lower.strip_suffix(unit)?.trim_end().parse().ok()?;
        number.checked_mul(*factor).map(Duration::from_millis)
    });
    match time {
        Some(time) if !time.is_zero() => Ok(time),
        _ => Err("a time looks like 500ms, 30s, 2m or 1h, and is not zero".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!("10MiB".parse(), Ok(ByteSize::mebibytes(10)));
        assert_eq!("500 kB".parse(), Ok(ByteSize(500_000)));
        assert_eq!("7".parse(), Ok(ByteSize(7)));
        assert!("".parse::<ByteSize>().is_err() && "ten".parse::<ByteSize>().is_err());
    }

    #[test]
    fn times() {
        assert_eq!(parse_duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(parse_duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(parse_duration("5"), Ok(Duration::from_secs(5)));
        assert!(parse_duration("0").is_err() && parse_duration("soon").is_err());
    }
}
