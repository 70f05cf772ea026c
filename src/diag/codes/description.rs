//! Codes of API descriptions (OpenAPI and Swagger).

crate::diagnostic_codes! {
    UNKNOWN_VERSION = "unknown-version", Warning,
        "The description names a version of OpenAPI that Portolan does not know. The nearest rules are used.",
        "Check the `openapi` or `swagger` field: 2.0, 3.0.x, 3.1.x and 3.2.x are supported.";
    NOT_A_DESCRIPTION = "not-a-description", Error,
        "The file is not an OpenAPI 2.0 or 3.x description.",
        "Convert it to OpenAPI 3, or move it to `static/` if it should only be published.";
}
