//! Codes of the JSON, YAML and TOML readers: what is wrong before anyone asks what the text means.

crate::diagnostic_codes! {
    JSON_SYNTAX = "json-syntax", Error,
        "The text is not JSON (RFC 8259).",
        "Mend the marked place. What stands before it was read; what follows was not.";
    YAML_SYNTAX = "yaml-syntax", Error,
        "The text is not YAML 1.2.",
        "Mend the marked place: most often an indentation, a tab, or a value that needs quotes.";
    DUPLICATE_KEY = "duplicate-key", Warning,
        "A mapping holds the same key twice. The first one is used.",
        "Remove or rename one of the two.";
    NOT_UTF8 = "not-utf8", Error,
        "The file is not UTF-8 text.",
        "Save the file as UTF-8.";
    LIMIT_DEPTH = "limit-depth", Error,
        "The text nests deeper than the limit allows.",
        "Flatten the text, or raise `depth` under `[limits]` in portal.toml.";
    LIMIT_ALIASES = "limit-aliases", Error,
        "YAML aliases expand to more nodes than the limit allows.",
        "Write the repeated parts as `$ref`, or raise `alias_nodes` under `[limits]` in portal.toml.";
    LIMIT_SIZE = "limit-size", Error,
        "The file is larger than the limit allows.",
        "Split the file, or raise the limit under `[limits]` in portal.toml.";
}
