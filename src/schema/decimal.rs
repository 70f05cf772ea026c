//! Exact decimal numbers: comparing the bounds of schemas, and finding a number that keeps them.
//!
//! Numbers of a description are text (`0.10`, `9223372036854775808`, `1e400`) and never pass through a float. Comparing
//! is exact for any of them; arithmetic is done in 128 bits and gives `None` where that is not enough.

use std::cmp::Ordering;

use crate::model::node::Number;

/// A decimal number: `0.digits × 10^exponent`, digits without zeros at either end; no digits is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number. Text that is none counts as zero.
    pub fn parse(json: &str) -> Decimal {
        let (negative, magnitude) = match json.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, json),
        };
        let (mantissa, power) = match magnitude.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, parse_power(power)),
            None => (magnitude, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: String = whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
        let digits = all.trim_start_matches('0');
        let leading = (all.len() - digits.len()) as i64;
        let digits = digits.trim_end_matches('0').to_string();
        if digits.is_empty() {
            return Decimal { negative: false, digits, exponent: 0 };
        }
        let exponent = power.saturating_add(whole.len() as i64 - leading);
        Decimal { negative, digits, exponent }
    }

    /// Returns the number as `mantissa × 10^-scale`; `None` when it does not fit 96 bits.
    fn scaled(&self, scale: u32) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let power = self.exponent - self.digits.len() as i64 + i64::from(scale);
        if self.digits.len() > 28 || !(0..=28).contains(&power) {
            return None;
        }
        let magnitude = self.digits.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(power as u32)?)?;
        (magnitude < 1 << 96).then_some(if self.negative { -magnitude } else { magnitude })
    }

    /// Returns how many digits stand after the point.
    fn scale(&self) -> u32 {
        (self.digits.len() as i64 - self.exponent).clamp(0, 60) as u32
    }
}

fn parse_power(power: &str) -> i64 {
    let value = power.trim_start_matches('+').parse::<i64>();
    value.unwrap_or(if power.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 }).clamp(i64::MIN / 4, i64::MAX / 4)
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let sign = |number: &Decimal| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_sign = sign(self).cmp(&sign(other));
        if by_sign != Ordering::Equal || self.digits.is_empty() {
            return by_sign;
        }
        let magnitude = self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
        if self.negative { magnitude.reverse() } else { magnitude }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two numbers by value.
pub fn compare(a: &Number, b: &Number) -> Ordering {
    Decimal::parse(&a.json).cmp(&Decimal::parse(&b.json))
}

/// Returns a number as a count; `None` when it is negative, broken or beyond 32 bits.
pub fn count(number: &Number) -> Option<usize> {
    let value = Decimal::parse(&number.json).scaled(0)?;
    u32::try_from(value).ok().map(|value| value as usize)
}

/// Returns true for a number without a fraction, however it is written.
pub fn is_integer(number: &Number) -> bool {
    let decimal = Decimal::parse(&number.json);
    decimal.digits.len() as i64 <= decimal.exponent || decimal.digits.is_empty()
}

/// Returns whether a number is a multiple of another; `None` when 128 bits cannot tell.
pub fn is_multiple(number: &Number, of: &Number) -> Option<bool> {
    let (number, of) = (Decimal::parse(&number.json), Decimal::parse(&of.json));
    let scale = number.scale().max(of.scale());
    let (number, of) = (number.scaled(scale)?, of.scaled(scale)?);
    (of != 0).then(|| number % of == 0)
}

/// Bounds that a generated number must keep.
#[derive(Debug, Clone, Default)]
pub struct Range {
    /// The lower bound, and whether it is excluded.
    pub low: Option<(Decimal, bool)>,
    /// The upper bound, and whether it is excluded.
    pub high: Option<(Decimal, bool)>,
    /// What the number must be a multiple of.
    pub multiples: Vec<Decimal>,
}

impl Range {
    /// Returns the text of a number in the range: `preferred` when it is in it, else one close to a bound.
    ///
    /// `None` when there is none, or none that 128 bits can find.
    pub fn pick(&self, preferred: &str) -> Option<String> {
        let preferred = Decimal::parse(preferred);
        let bounds = self.low.iter().chain(&self.high).map(|(bound, _)| bound);
        let scale = bounds.chain(&self.multiples).chain([&preferred]).map(Decimal::scale).max()? + 1;
        let low = self.low.as_ref().map(|(bound, _)| bound.scaled(scale)).map_or(Some(None), |v| v.map(Some))?;
        let high = self.high.as_ref().map(|(bound, _)| bound.scaled(scale)).map_or(Some(None), |v| v.map(Some))?;
        let mut step = None;
        for multiple in &self.multiples {
            let multiple = multiple.scaled(scale)?.abs();
            step = Some(step.map_or(Some(multiple), |step| least_common_multiple(step, multiple))?);
        }
        let step = step.filter(|&step| step > 0);
        let candidates = candidates(preferred.scaled(scale)?, low, high, step, 10_i128.checked_pow(scale)?);
        let fits = |&value: &i128| {
            self.low.as_ref().is_none_or(|(_, open)| low.is_some_and(|low| value > low || (value == low && !open)))
                && self
                    .high
                    .as_ref()
                    .is_none_or(|(_, open)| high.is_some_and(|high| value < high || (value == high && !open)))
                && step.is_none_or(|step| value % step == 0)
        };
        candidates.into_iter().flatten().find(fits).map(|value| print(value, scale))
    }
}

fn candidates(
    preferred: i128,
    low: Option<i128>,
    high: Option<i128>,
    step: Option<i128>,
    one: i128,
) -> [Option<i128>; 9] {
    let up = |value: i128, step: i128| value.div_euclid(step) * step;
    let middle = low.zip(high).map(|(low, high)| low + (high - low) / 2);
    [
        Some(preferred),
        low.filter(|_| step.is_none()),
        low.map(|low| low + one).filter(|_| step.is_none()),
        low.zip(step).map(|(low, step)| up(low, step)),
        low.zip(step).map(|(low, step)| up(low, step) + step),
        step.filter(|_| low.is_none()),
        high.map(|high| step.map_or(high, |step| up(high, step))),
        high.map(|high| step.map_or(high - one, |step| up(high, step) - step)),
        middle,
    ]
}

fn least_common_multiple(a: i128, b: i128) -> Option<i128> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    if x == 0 { Some(0) } else { (a / x).checked_mul(b) }
}

fn print(value: i128, scale: u32) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    match fraction.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(a: &str, b: &str) -> Ordering {
        Decimal::parse(a).cmp(&Decimal::parse(b))
    }

    #[test]
    fn numbers_are_compared_by_value_without_rounding() {
        assert_eq!(order("9223372036854775807", "9223372036854775808"), Ordering::Less);
        assert_eq!(order("0.10", "1e-1"), Ordering::Equal);
        assert_eq!(order("-0", "0.0"), Ordering::Equal);
        assert_eq!(order("1e400", "1e401"), Ordering::Less);
        assert_eq!(order("-2", "-10"), Ordering::Greater);
        assert_eq!(order("0.009", "0.01"), Ordering::Less);
        assert_eq!(order("1e99999999999999999999", "5"), Ordering::Greater);
    }

    #[test]
    fn a_number_in_the_range_is_found() {
        let pick = |low: Option<(&str, bool)>, high: Option<(&str, bool)>, multiples: &[&str], preferred: &str| {
            let bound = |(text, open): (&str, bool)| (Decimal::parse(text), open);
            let multiples = multiples.iter().map(|text| Decimal::parse(text)).collect();
            Range { low: low.map(bound), high: high.map(bound), multiples }.pick(preferred)
        };
        assert_eq!(pick(None, None, &[], "1").as_deref(), Some("1"));
        assert_eq!(pick(Some(("6161", true)), Some(("6262", false)), &["1"], "1").as_deref(), Some("6162"));
        assert_eq!(pick(Some(("0", true)), Some(("1", true)), &[], "1").as_deref(), Some("0.5"));
        assert_eq!(pick(Some(("0.1", false)), None, &["0.25"], "0").as_deref(), Some("0.25"));
        assert_eq!(pick(None, Some(("-5", true)), &["1"], "1").as_deref(), Some("-6"));
        assert_eq!(pick(Some(("1", true)), Some(("2", true)), &["1"], "1"), None);
        assert_eq!(pick(Some(("1e400", false)), None, &[], "1"), None);
    }
}
