//! One stylesheet out of many parts.

use std::collections::BTreeMap;

/// Joins the built-in parts in order of name, then the themes' parts in `@layer theme`, then the portal's own rules in
/// `@layer user`, and takes out comments and blank lines.
pub fn stylesheet(parts: &BTreeMap<String, String>, theme: &[String], user: Option<&str>) -> String {
    let mut css = String::new();
    for part in parts.values() {
        push_minified(&mut css, part);
    }
    for part in theme.iter().filter(|part| !part.trim().is_empty()) {
        push_layer(&mut css, "theme", part);
    }
    if let Some(user) = user {
        push_layer(&mut css, "user", user);
    }
    css
}

fn push_layer(css: &mut String, layer: &str, part: &str) {
    css.push_str(&format!("@layer {layer}{{\n"));
    push_minified(css, part);
    css.push_str("}\n");
}

/// Takes out comments, indentation and blank lines, and the blanks around `{`, `}`, `:` and `;` at the ends of lines.
/// Strings are kept as they are. Saves a tenth of the bytes sent; more would need to know CSS.
fn push_minified(css: &mut String, part: &str) {
    for line in without_comments(part).lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match line.contains(['"', '\'']) {
            true => css.push_str(line),
            false => css.push_str(&line.replace("; }", "}").replace(" { ", "{").replace(" {", "{").replace("; ", ";")),
        }
        css.push('\n');
    }
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut quote = None;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest[2..].find("*/").map_or("", |end| &rest[2 + end + 2..]);
            continue;
        }
        let length =
            if c == '\\' { c.len_utf8() + rest[1..].chars().next().map_or(0, char::len_utf8) } else { c.len_utf8() };
        match quote {
            Some(open) if open == c || c == '\n' => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_their_layers_and_without_comments() {
        let parts = BTreeMap::from([("1".into(), "/* a */\n\na { b: c; }\n".into()), ("0".into(), "@layer x;".into())]);
        let css = stylesheet(&parts, &["b{}".into()], Some("c { content: \"/* kept */ ; }\"; }"));
        assert_eq!(
            css,
            "@layer x;\na{b: c}\n@layer theme{\nb{}\n}\n@layer user{\nc { content: \"/* kept */ ; }\"; }\n}\n"
        );
    }

    #[test]
    fn unclosed_comments_and_strings_end_somewhere() {
        assert_eq!(without_comments("a /* b"), "a ");
        assert_eq!(without_comments("a \"b /* \n c /* d */ e \\"), "a \"b /* \n c  e \\");
    }
}
