//! What a plain YAML scalar means: the core schema (YAML 1.2.2, section 10.3.2).
//!
//! Numbers keep every digit. `yes`, `no`, `on`, `off`, dates and `.inf` stay the texts they were written as: the
//! first six are texts in YAML 1.2, and JSON has no infinity.

use super::build::Builder;
use crate::model::node::{Number, Value};

/// Reads a plain scalar.
pub(super) fn plain(tree: &mut Builder, text: &str) -> Value {
    match text.as_bytes().first() {
        None => Value::Null,
        Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => match (is_null(text), boolean(text)) {
            (true, _) => Value::Null,
            (false, Some(value)) => Value::Bool(value),
            (false, None) => Value::String(tree.text(text)),
        },
        Some(b'0'..=b'9' | b'.' | b'+' | b'-') => match number(tree, text) {
            Some(number) => Value::Number(number),
            None => Value::String(tree.text(text)),
        },
        Some(_) => Value::String(tree.text(text)),
    }
}

/// Returns true for the spellings of `null`.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Reads the spellings of `true` and `false`.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Reads an integer or a decimal number.
///
/// An `0x` or `0o` number beyond 128 bits is none: an address or a hash was meant, which is a text.
pub(super) fn number(tree: &mut Builder, text: &str) -> Option<Number> {
    let json = match text.get(..2) {
        Some("0x") => integer(&text[2..], 16)?,
        Some("0o") => integer(&text[2..], 8)?,
        _ => decimal(text)?,
    };
    let written = tree.text(text);
    let json = if json == text { written.clone() } else { tree.text(&json) };
    Some(Number { json, written })
}

/// Returns the decimal spelling of an integer that is written in another base.
pub(super) fn integer(digits: &str, radix: u32) -> Option<String> {
    if radix == 10 {
        return decimal(digits);
    }
    let all_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    all_digits.then(|| u128::from_str_radix(digits, radix).ok().map(|value| value.to_string())).flatten()
}

/// Returns a decimal number in the grammar of JSON: no `+`, no leading zeros, a digit on each side of the point.
pub(super) fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let whole_end = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = unsigned.split_at(whole_end);
    let (fraction, exponent) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.bytes().take_while(u8::is_ascii_digit).count();
            (Some(&rest[..end]), &rest[end..])
        }
        None => (None, rest),
    };
    if (whole.is_empty() && fraction.is_none_or(str::is_empty)) || !is_exponent(exponent) {
        return None;
    }
    let mut json = String::with_capacity(text.len() + 2);
    json.push_str(sign);
    let significant = whole.trim_start_matches('0');
    json.push_str(if significant.is_empty() { "0" } else { significant });
    if let Some(fraction) = fraction {
        json.push('.');
        json.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    json.push_str(exponent);
    Some(json)
}

fn is_exponent(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return text.is_empty() };
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match plain(&mut Builder::new(0), text) {
            Value::Null => "null".into(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) if number.json == number.written => format!("number {}", number.json),
            Value::Number(number) => format!("number {} for {}", number.json, number.written),
            Value::String(text) => format!("text {text}"),
            Value::List(_) | Value::Map(_) => "a container".into(),
        }
    }

    #[test]
    fn null_and_booleans_have_three_spellings_each() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(read(text), "null");
        }
        assert_eq!([read("true"), read("True"), read("TRUE")], ["true"; 3]);
        assert_eq!([read("false"), read("False"), read("FALSE")], ["false"; 3]);
        for text in ["nULL", "tRUE", "yes", "no", "on", "off", "y", "N"] {
            assert_eq!(read(text), format!("text {text}"));
        }
    }

    #[test]
    fn numbers_keep_every_digit_and_the_spelling() {
        for text in ["0", "-1", "1.0", "1.10", "9223372036854775808", "1e400", "0.1e-7", "-0", "1E+3"] {
            assert_eq!(read(text), format!("number {text}"));
        }
        assert_eq!(read("0x1F"), "number 31 for 0x1F");
        assert_eq!(read("0o17"), "number 15 for 0o17");
        assert_eq!(read(".5"), "number 0.5 for .5");
        assert_eq!(read("-.5e3"), "number -0.5e3 for -.5e3");
        assert_eq!(read("+1"), "number 1 for +1");
        assert_eq!(read("1."), "number 1.0 for 1.");
        assert_eq!(read("1.e3"), "number 1.0e3 for 1.e3");
        assert_eq!(read("007"), "number 7 for 007");
        assert_eq!(read("-00.50"), "number -0.50 for -00.50");
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_text() {
        for text in [
            ".",
            "-",
            "+",
            ".inf",
            "-.inf",
            ".nan",
            "1_000",
            "1e",
            "1e+",
            "0x",
            "0xg",
            "0b1",
            "1.2.3",
            "2024-01-01",
            "12:30",
            "1 2",
            "--1",
            ".e1",
            "0x+1",
        ] {
            assert_eq!(read(text), format!("text {text}"));
        }
        let address = format!("0x{}", "f".repeat(40));
        assert_eq!(read(&address), format!("text {address}"));
    }
}
