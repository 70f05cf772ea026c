//! JUnit XML: a test case for each diagnostic, failed when it is an error.

use super::Look;
use crate::diag::{Diagnostic, Severity};

/// Returns one test suite. A portal without mistakes is one test case that passed.
pub(super) fn print(diagnostics: &[&Diagnostic], look: &Look) -> String {
    let cases: String = match diagnostics {
        [] => "    <testcase classname=\"portolan\" name=\"portal\" time=\"0\"/>\n".to_owned(),
        _ => diagnostics.iter().map(|diagnostic| case(diagnostic, look)).collect(),
    };
    let tests = diagnostics.len().max(1);
    let failures = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"portolan\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n  \
         <testsuite name=\"portolan\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">\n\
         {cases}  </testsuite>\n</testsuites>\n"
    )
}

fn case(diagnostic: &Diagnostic, look: &Look) -> String {
    let path = look.path(diagnostic.place.path());
    let position = diagnostic.place.line_column();
    let (code, message) = (diagnostic.code.name, escape(&diagnostic.message));
    let name = escape(&format!("{code} {path}:{}:{}", position.line, position.column));
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {}", escape(help))).unwrap_or_default();
    let word = diagnostic.severity.word();
    let body = match diagnostic.severity {
        Severity::Error => {
            format!("<failure type=\"{code}\" message=\"{message}\">{name}\n{message}{help}</failure>")
        }
        Severity::Warning | Severity::Info => format!("<system-out>{word}: {message}{help}</system-out>"),
    };
    format!("    <testcase classname=\"{}\" name=\"{name}\" time=\"0\">{body}</testcase>\n", escape(&path))
}

/// Escapes text for an attribute or an element. Characters that XML 1.0 (section 2.2) forbids become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(char),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            char if char.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            char => out.push(char),
        }
    }
    out
}
