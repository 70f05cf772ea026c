//! Codes of the JSON, YAML and TOML readers: what is wrong before anyone asks what the text means.

crate::diagnostic_codes! {
    JSON_SYNTAX = "json-syntax", Error,
        "The text is not JSON (RFC 8259).",
        "Mend the marked place. What stands before it was read; what follows was not.";
    YAML_SYNTAX = "yaml-syntax", Error,
        "The text is not YAML 1.2.",
        "Mend the marked place: most often an indentation, a tab, or a value that needs quotes.";
    YAML_ALIAS = "yaml-alias", Error,
        "A YAML alias (`*name`) has no anchor (`&name`) before it, or stands inside the value that it names.",
        "Write the anchor before its first alias; put a text that begins with `*` in quotes.";
    YAML_KEY = "yaml-key", Warning,
        "A key of a YAML mapping is a list or a mapping. The text it was written as is used.",
        "Write a text as the key.";
    YAML_MERGE = "yaml-merge", Warning,
        "A YAML merge key (`<<`) holds something else than a mapping or a list of mappings. It is left out.",
        "Write an alias of a mapping, or put the key in quotes.";
    YAML_TAG = "yaml-tag", Warning,
        "A YAML value is not what its tag says, such as `!!int many`. It is used as a text.",
        "Remove the tag or mend the value.";
    YAML_INDENT = "yaml-indent", Warning,
        "A further line of a quoted text is indented no deeper than its key. Many readers of YAML refuse that.",
        "Indent the line further than the key.";
    YAML_DOCUMENTS = "yaml-documents", Warning,
        "A YAML file holds more than one document. The first one is used.",
        "Put each document into a file of its own.";
    TOML_SYNTAX = "toml-syntax", Error,
        "The text is not TOML 1.1.",
        "Mend the marked place: most often a text without quotes.";
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
