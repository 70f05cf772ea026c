//! Status codes in words.

/// The registered reason phrases (IANA, HTTP Status Code Registry).
const REASONS: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "Switching Protocols"),
    (102, "Processing"),
    (103, "Early Hints"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (208, "Already Reported"),
    (226, "IM Used"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (305, "Use Proxy"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (418, "I’m a teapot"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (510, "Not Extended"),
    (511, "Network Authentication Required"),
];

/// Returns the words for a status key: its reason phrase, `400–499` for a range, `any other status` for `default`.
pub fn words(status: &str) -> Option<String> {
    if status.eq_ignore_ascii_case("default") {
        return Some("any other status".into());
    }
    if let Ok(code) = status.parse::<u16>() {
        return REASONS.iter().find(|(known, _)| *known == code).map(|(_, reason)| (*reason).to_string());
    }
    let class = status.chars().next().filter(char::is_ascii_digit)?;
    let range = status.len() == 3 && status[1..].eq_ignore_ascii_case("xx");
    range.then(|| format!("any status {class}00–{class}99"))
}

/// Returns the class of a status label: by its first digit, never the only sign of it.
pub fn class(status: &str) -> &'static str {
    match status.chars().next() {
        Some('1') => "status status--info",
        Some('2') => "status status--ok",
        Some('3') => "status status--warn",
        Some('4' | '5') => "status status--danger",
        _ => "status",
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn o15_every_key_has_words() {
        assert_eq!(words("404").as_deref(), Some("Not Found"));
        assert_eq!(words("4XX").as_deref(), Some("any status 400–499"));
        assert_eq!(words("default").as_deref(), Some("any other status"));
        assert_eq!(words("299"), None);
        assert_eq!(words("é"), None);
    }
}
