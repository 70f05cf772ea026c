//! The languages that request samples are written in, by the names that people call them.

/// A language of request samples; with the client that its people use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SampleLanguage {
    /// curl in a shell.
    Curl,
    /// JavaScript with `fetch`.
    JavaScript,
    /// TypeScript with `fetch`.
    TypeScript,
    /// Python with `requests`.
    Python,
    /// Python with `httpx`.
    PythonHttpx,
    /// Go with `net/http`.
    Go,
    /// Java with `java.net.http`.
    Java,
    /// Kotlin with `java.net.http`.
    Kotlin,
    /// C# with `HttpClient`.
    CSharp,
    /// Ruby with `net/http`.
    Ruby,
    /// PHP with its cURL extension.
    Php,
    /// Rust with `reqwest`.
    Rust,
    /// Swift with `URLSession`.
    Swift,
    /// PowerShell with `Invoke-WebRequest`.
    PowerShell,
    /// The request as it travels.
    Http,
}

use SampleLanguage::*;

impl SampleLanguage {
    /// Every language.
    pub const ALL: &'static [SampleLanguage] = &[
        Curl,
        JavaScript,
        TypeScript,
        Python,
        PythonHttpx,
        Go,
        Java,
        Kotlin,
        CSharp,
        Ruby,
        Php,
        Rust,
        Swift,
        PowerShell,
        Http,
    ];

    /// Those of a portal that says nothing: the shell, the languages that most callers of web APIs write, and the
    /// request itself. TypeScript is left out because its sample differs from JavaScript's by a few types only.
    pub const DEFAULT: &'static [SampleLanguage] = &[Curl, JavaScript, Python, Go, Java, CSharp, Php, Http];

    /// Returns the name in `portal.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Curl => "curl",
            JavaScript => "javascript",
            TypeScript => "typescript",
            Python => "python",
            PythonHttpx => "python-httpx",
            Go => "go",
            Java => "java",
            Kotlin => "kotlin",
            CSharp => "csharp",
            Ruby => "ruby",
            Php => "php",
            Rust => "rust",
            Swift => "swift",
            PowerShell => "powershell",
            Http => "http",
        }
    }

    /// Returns the name for the reader.
    pub fn label(self) -> &'static str {
        match self {
            Curl => "curl",
            JavaScript => "JavaScript",
            TypeScript => "TypeScript",
            Python => "Python",
            PythonHttpx => "Python (httpx)",
            Go => "Go",
            Java => "Java",
            Kotlin => "Kotlin",
            CSharp => "C#",
            Ruby => "Ruby",
            Php => "PHP",
            Rust => "Rust",
            Swift => "Swift",
            PowerShell => "PowerShell",
            Http => "HTTP",
        }
    }

    /// Returns what the highlighter calls it.
    pub fn grammar(self) -> &'static str {
        match self {
            Curl => "shell",
            PythonHttpx => "python",
            other => other.key(),
        }
    }

    /// Returns the other names that people use, in lower case.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Curl => &["shell", "bash", "sh", "zsh", "cli", "shell + curl", "shell+curl", "shell curl"],
            JavaScript => &["js", "node", "nodejs", "node.js", "fetch", "javascript fetch", "mjs", "es6"],
            TypeScript => &["ts", "node + typescript"],
            Python => &["py", "python3", "python 3", "requests", "python requests", "python-requests"],
            PythonHttpx => &["httpx", "python httpx"],
            Go => &["golang"],
            Java => &["java 11", "java11"],
            Kotlin => &["kt", "kts"],
            CSharp => &["c#", "cs", "c sharp", "dotnet", ".net"],
            Ruby => &["rb"],
            Php => &["php7", "php8"],
            Rust => &["rs"],
            Swift => &["ios"],
            PowerShell => &["pwsh", "ps1", "ps"],
            Http => &["raw", "http/1.1", "https"],
        }
    }

    /// Returns the language of a name, whatever its case.
    pub fn named(name: &str) -> Option<SampleLanguage> {
        let name = name.trim().to_lowercase();
        let called = |language: &&SampleLanguage| {
            name == language.key() || name == language.label().to_lowercase() || language.aliases().contains(&&*name)
        };
        SampleLanguage::ALL.iter().find(called).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_language() {
        let names = |language: &SampleLanguage| {
            let own = [language.key().to_string(), language.label().to_lowercase()];
            own.into_iter().chain(language.aliases().iter().map(|name| (*name).to_string())).collect::<Vec<_>>()
        };
        for language in SampleLanguage::ALL {
            for name in names(language) {
                assert_eq!(SampleLanguage::named(&name.to_uppercase()), Some(*language), "{name}");
            }
        }
        assert!(SampleLanguage::DEFAULT.len() <= 8);
    }
}
