//! Codes of themes: templates, tokens, words of the interface.

crate::diagnostic_codes! {
    UNKNOWN_THEME = "unknown-theme", Error,
        "The portal names a theme that does not exist. The default theme is used.",
        "Write the name of a folder below `themes/`, or `default`.";
    THEME_CYCLE = "theme-cycle", Error,
        "Themes extend one another in a circle. The chain ends before the theme that closes it.",
        "Let one of the themes extend `default`.";
    THEME_SETTINGS = "theme-settings", Error,
        "A `theme.toml` or a table of strings is not TOML, or holds something it cannot hold. The marked part is left out.",
        "Write `extends = \"…\"`, `[light]` and `[dark]` with token values, `[font]` with `text` and `code`.";
    UNKNOWN_TOKEN = "unknown-token", Error,
        "A theme sets a token that does not exist.",
        "Use one of the tokens of the default theme; the nearest one is named.";
    TOKEN_VALUE = "token-value", Error,
        "A theme gives a token a value that it cannot have. The inherited value is used.",
        "Write colours as `#rrggbb` or `#rgb`; other values must be one CSS value without `;`, `{` and `}`.";
    LOW_CONTRAST = "low-contrast", Warning,
        "Two colours of the theme are too much alike to be read: below 4.5 : 1 for text, or 3 : 1 for borders of controls.",
        "Take a darker or lighter value; the nearest one that passes is named.";
    DERIVED_DARK_VALUE = "derived-dark-value", Info,
        "A theme gives a colour for light pages alone; the one for dark pages was derived from it.",
        "Give the token a value under `[dark]` too.";
    TEMPLATE_ERROR = "template-error", Error,
        "A template of the portal cannot be used. The built-in one of this name is used instead.",
        "Mend the marked place; `portolan theme eject` writes the built-in template for comparison.";
    TEMPLATE_RECURSION = "template-recursion", Error,
        "A template reaches itself by `extends`, `include`, blocks or components. It is left out.",
        "Break the circle at the marked place.";
    UNUSED_TEMPLATE = "unused-template", Warning,
        "A template replaces no built-in one and nothing includes it.",
        "Give it the name of the template that it should replace, or include it from one.";
    UNKNOWN_STRING = "unknown-string", Warning,
        "A table of strings holds a key that the interface does not use.",
        "Use a key of the default theme's `strings.toml`; the nearest one is named.";
}
