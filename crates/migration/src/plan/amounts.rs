//! Numbers as a person says them.

/// `1 row`, `2 rows`, `1,200,000 rows`.
pub(super) fn count(number: u64, what: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    [&grouped(number), " ", what, end].concat()
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `850 B`, `12 kB`, `3.4 GB`: units of a thousand, two digits where one says too little.
pub(super) fn bytes(number: u64) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    let number = u128::from(number);
    let mut unit = 0;
    let mut size: u128 = 1;
    while number * 2 >= 1_999 * size {
        size *= 1_000;
        unit += 1;
    }
    let tenths = (number * 10 + size / 2) / size;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if unit > 0 && whole < 10 && tenth > 0 {
        format!("{whole}.{tenth} {}", UNITS[unit])
    } else {
        format!("{} {}", (number + size / 2) / size, UNITS[unit])
    }
}

/// `less than a second`, `about 2 seconds`, `about 5 minutes`.
pub(super) fn duration(seconds: f64) -> String {
    let rounded = |number: f64, what: &str| {
        let word = if format!("{number:.0}") == "1" { "" } else { "s" };
        format!("about {number:.0} {what}{word}")
    };
    match seconds {
        ..0.95 => "less than a second".to_owned(),
        0.95..90.0 => rounded(seconds, "second"),
        90.0..5_400.0 => rounded(seconds / 60.0, "minute"),
        _ => rounded(seconds / 3_600.0, "hour"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_many_are_grouped() {
        assert_eq!(count(0, "row"), "0 rows");
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(999, "row"), "999 rows");
        assert_eq!(count(1_000, "row"), "1,000 rows");
        assert_eq!(count(1_234_567, "row"), "1,234,567 rows");
    }

    #[test]
    fn bytes_have_a_unit_that_fits() {
        let pairs = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (1_500, "1.5 kB"),
            (8_192, "8.2 kB"),
            (12_345, "12 kB"),
            (999_499, "999 kB"),
            (999_999, "1 MB"),
            (3_400_000_000, "3.4 GB"),
            (u64::MAX, "18 EB"),
        ];
        for (number, expected) in pairs {
            assert_eq!(bytes(number), expected);
        }
    }

    #[test]
    fn durations_are_rounded() {
        let pairs = [
            (0.0, "less than a second"),
            (0.94, "less than a second"),
            (0.96, "about 1 second"),
            (2.4, "about 2 seconds"),
            (89.6, "about 90 seconds"),
            (100.0, "about 2 minutes"),
            (4_000.0, "about 67 minutes"),
            (36_000.0, "about 10 hours"),
        ];
        for (seconds, expected) in pairs {
            assert_eq!(duration(seconds), expected);
        }
    }
}
