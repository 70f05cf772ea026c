//! The stable names of diagnostics.

/// How grave a diagnostic is; ordered from the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The portal is wrong and is not written without `--keep-going`.
    Error,
    /// The portal is written; someone should look. `--strict` makes it an error.
    Warning,
    /// A hint that changes no exit code.
    Info,
}

impl Severity {
    /// Returns the word that is printed: `error`, `warning` or `info`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// A kind of diagnostic. Its name is an interface: CI jobs and baselines name it.
#[derive(Debug)]
pub struct Code {
    /// The stable kebab-case name, such as `broken-link`.
    pub name: &'static str,
    /// The severity unless `portal.toml` says otherwise.
    pub severity: Severity,
    /// What it means, in one or two sentences; printed by `portolan explain`.
    pub what: &'static str,
    /// How to mend it; printed by `portolan explain`.
    pub mend: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

/// Declares the codes of one area: a constant for each, and `ALL` that lists them.
///
/// Each line is `NAME = "code-name", Severity, "what it means", "how to mend it";`.
#[macro_export]
macro_rules! diagnostic_codes {
    ($($name:ident = $code:literal, $severity:ident, $what:literal, $mend:literal;)*) => {
        $(
            #[doc = $what]
            pub const $name: &$crate::diag::Code = &$crate::diag::Code {
                name: $code,
                severity: $crate::diag::Severity::$severity,
                what: $what,
                mend: $mend,
            };
        )*
        /// Every code of this area.
        pub const ALL: &[&$crate::diag::Code] = &[$($name),*];
    };
}
