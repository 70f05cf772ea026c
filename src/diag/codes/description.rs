//! Codes of API descriptions (OpenAPI and Swagger).

crate::diagnostic_codes! {
    UNKNOWN_VERSION = "unknown-version", Warning,
        "The description names a version of OpenAPI that Portolan does not know. The nearest rules are used.",
        "Check the `openapi` or `swagger` field: 2.0, 3.0.x, 3.1.x and 3.2.x are supported.";
    NOT_A_DESCRIPTION = "not-a-description", Error,
        "The file is not an OpenAPI 2.0 or 3.x description.",
        "Convert it to OpenAPI 3, or move it to `static/` if it should only be published.";
    UNKNOWN_REFERENCE = "unknown-reference", Warning,
        "A `$ref` of a description names a file, component or anchor that does not exist.",
        "Mend the name, or define what it names.";
    REFERENCE_OUTSIDE = "reference-outside", Warning,
        "A `$ref` leads out of the input folder. Nothing outside of it is ever read.",
        "Copy the file into the folder and refer to the copy.";
    REMOTE_REFERENCE = "remote-reference", Warning,
        "A `$ref` names something on the network. A build fetches nothing, so the part is shown as unresolved.",
        "Copy the document into the input folder and refer to the copy.";
    CIRCULAR_REFERENCE = "circular-reference", Warning,
        "References lead in a circle that never reaches a definition, or a schema includes itself by `allOf`.",
        "Give one of the parts a definition of its own.";
    REFERENCE_CHAIN = "reference-chain", Warning,
        "References lead to references more often than the limit allows.",
        "Refer to the definition itself, or raise `reference_chain` under `[limits]` in portal.toml.";
    REFERENCE_KIND = "reference-kind", Warning,
        "A `$ref` names a component of another kind than the place needs, such as a response where a schema stands.",
        "Refer to a component of the right kind.";
    REF_SIBLING_IGNORED = "ref-sibling-ignored", Info,
        "Fields beside a `$ref` that the description's version ignores. They are not shown.",
        "Wrap the reference in `allOf`, or move to OpenAPI 3.1, where a schema's siblings count.";
    WRONG_TYPE = "wrong-type", Warning,
        "A field holds another type of value than the specification says. It is left out when it cannot be read.",
        "Write the type of value that the message names.";
    MISSING_FIELD = "missing-field", Warning,
        "A field that the specification requires is missing.",
        "Add the field.";
    UNKNOWN_FIELD = "unknown-field", Warning,
        "A field that the specification does not define. It is not shown.",
        "Mend its name, or begin it with `x-` if it is an extension.";
    UNKNOWN_SCHEMA_TYPE = "unknown-schema-type", Warning,
        "The `type` of a schema is no type of JSON Schema. It is shown as written.",
        "Use string, number, integer, boolean, array, object or null.";
    KEYWORD_VERSION = "keyword-version", Info,
        "A schema keyword belongs to another version of OpenAPI than the description follows.",
        "Use the keyword of the description's version, or change the version.";
    UNKNOWN_DIALECT = "unknown-dialect", Warning,
        "A schema follows another dialect of JSON Schema. The nearest rules are used.",
        "Move the schema to JSON Schema 2020-12, the dialect of OpenAPI 3.1 and later.";
    SCHEMA_CONTRADICTION = "schema-contradiction", Warning,
        "Keywords of one schema contradict one another: an `enum` that repeats a value, a `default` outside the `enum`, or both `readOnly` and `writeOnly`.",
        "Remove one of the two.";
    SCHEMA_CONFLICT = "schema-conflict", Warning,
        "The parts of an `allOf` contradict one another, so that no value, or not the one that was meant, keeps them all.",
        "Change one of the parts.";
    UNKNOWN_DISCRIMINATOR_TARGET = "unknown-discriminator-target", Warning,
        "A discriminator maps a value to a schema that does not exist.",
        "Mend the name or reference in `mapping`.";
    DUPLICATE_OPERATION_ID = "duplicate-operation-id", Warning,
        "Two operations have the same `operationId`. Both have a page; references by id lead to the first.",
        "Give each operation an id of its own.";
    DUPLICATE_PARAMETER = "duplicate-parameter", Warning,
        "One list of parameters holds the same name and place twice. The first one is used.",
        "Remove or rename one of the two.";
    PATH_PARAMETER = "path-parameter", Warning,
        "The variables of a path template and the declared path parameters differ.",
        "Declare each `{variable}` of the path as a parameter with `in: path`, and no others.";
    PATH_TEMPLATE = "path-template", Warning,
        "A path is written in a form that the specification does not allow, or equals another path but for the names of its variables.",
        "Begin the path with `/`, leave out query and fragment, and describe each path once.";
    PARAMETER_STYLE = "parameter-style", Warning,
        "A parameter's `style` is unknown, not allowed at its place, or not defined together with `explode`.",
        "Use a style of the table \"Style Values\" of the specification.";
    PARAMETER_CONTENT = "parameter-content", Warning,
        "A parameter's `content` does not hold exactly one media type, or stands beside `schema`.",
        "Use either `schema`, or `content` with one media type.";
    BODY_PARAMETER = "body-parameter", Warning,
        "The body parameters of a Swagger 2.0 operation contradict one another.",
        "Use one parameter with `in: body`, or parameters with `in: formData`, never both.";
    STATUS_CODE = "status-code", Warning,
        "A key below `responses` is no status code.",
        "Write a code such as `200`, a range such as `4XX`, or `default`.";
    EXAMPLE_AND_EXAMPLES = "example-and-examples", Warning,
        "`example` stands beside `examples`. The latter are shown.",
        "Move the single example into `examples`.";
    EXAMPLE_FILE = "example-file", Warning,
        "The `externalValue` of an example names a file that is not in the input folder.",
        "Mend the path, which is relative to the description, or write the whole URL of the example.";
    EXAMPLE_MISMATCH = "example-mismatch", Warning,
        "An example or default does not keep its own schema. It is shown as it is written.",
        "Mend the example, or the schema if the example is right.";
    UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme", Warning,
        "A security requirement names a scheme that the description does not define.",
        "Define the scheme, or mend its name.";
    UNKNOWN_LINK_TARGET = "unknown-link-target", Warning,
        "A response's link names an operation that does not exist.",
        "Mend the `operationId` or `operationRef` of the link.";
    SERVER_VARIABLE = "server-variable", Warning,
        "The variables of a server's URL and those it declares differ, or a default is not among the allowed values.",
        "Declare each `{variable}` of the URL with a default out of its `enum`.";
    DUPLICATE_TAG = "duplicate-tag", Warning,
        "Two tags have the same name, or names that differ only in case.",
        "Remove or rename one of the two.";
    TAG_PARENT = "tag-parent", Warning,
        "A tag's `parent` does not exist or leads back to the tag. The tag is shown at the top level.",
        "Name an existing tag that is not below this one.";
    TAG_GROUP = "tag-group", Warning,
        "A group of `x-tagGroups` names a tag that does not exist or has a group already, or tags nest by `parent` and the groups have no effect.",
        "Name each existing tag in one group, and use either `parent` or `x-tagGroups`.";
    INTERNAL_REFERENCE = "internal-reference", Info,
        "A public part refers to one that is marked `x-internal`. What is internal is left out.",
        "Make the referenced part public, or mark what refers to it as internal too.";
    UNUSED_COMPONENT = "unused-component", Info,
        "Nothing refers to a component, so no page shows it.",
        "Refer to it or remove it.";
    LIMIT_PARTS = "limit-parts", Error,
        "A description refers to shared parts so often that it grows out of all proportion to its size. The rest is left out.",
        "Refer to large shared path items, parameters and responses less often.";
    LIMIT_DIAGNOSTICS = "limit-diagnostics", Warning,
        "A description has more mistakes than are listed.",
        "Mend the listed ones first; the others appear then.";
    STRICT_OPENAPI_3_0 = "strict-openapi-3.0", Info,
        "A strict reader of OpenAPI 3.0 refuses this part, so other tools may fail here.",
        "Write the part as the OpenAPI 3.0 schema demands.";
}
