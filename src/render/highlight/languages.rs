//! Names of languages as writers write them, and the grammars behind them.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names that no grammar goes by, and the name of a grammar that serves.
const ALIASES: &[(&str, &str)] = &[
    ("csharp", "C#"),
    ("c#", "C#"),
    ("dotnet", "C#"),
    ("fsharp", "F#"),
    ("jsonc", "JavaScript (Babel)"),
    ("json5", "JavaScript (Babel)"),
    ("json", "JSON"),
    ("jsonl", "JSON"),
    ("ndjson", "JSON"),
    ("geojson", "JSON"),
    ("powershell", "PowerShell"),
    ("pwsh", "PowerShell"),
    ("ps", "PowerShell"),
    ("sh", "Bourne Again Shell (bash)"),
    ("bash", "Bourne Again Shell (bash)"),
    ("shell", "Bourne Again Shell (bash)"),
    ("zsh", "Bourne Again Shell (bash)"),
    ("ksh", "Bourne Again Shell (bash)"),
    ("curl", "Bourne Again Shell (bash)"),
    ("console", "Bourne Again Shell (bash)"),
    ("shell-session", "Bourne Again Shell (bash)"),
    ("shellsession", "Bourne Again Shell (bash)"),
    ("terminal", "Bourne Again Shell (bash)"),
    ("ts", "TypeScript"),
    ("typescript", "TypeScript"),
    ("mts", "TypeScript"),
    ("cts", "TypeScript"),
    ("tsx", "TypeScriptReact"),
    ("js", "JavaScript (Babel)"),
    ("jsx", "JavaScript (Babel)"),
    ("javascript", "JavaScript (Babel)"),
    ("mjs", "JavaScript (Babel)"),
    ("cjs", "JavaScript (Babel)"),
    ("node", "JavaScript (Babel)"),
    ("yml", "YAML"),
    ("openapi", "YAML"),
    ("py", "Python"),
    ("python3", "Python"),
    ("golang", "Go"),
    ("kt", "Kotlin"),
    ("kts", "Kotlin"),
    ("rb", "Ruby"),
    ("rs", "Rust"),
    ("proto", "Protocol Buffer"),
    ("proto3", "Protocol Buffer"),
    ("protobuf", "Protocol Buffer"),
    ("http", "HTTP Request and Response"),
    ("https", "HTTP Request and Response"),
    ("gql", "GraphQL"),
    ("docker", "Dockerfile"),
    ("containerfile", "Dockerfile"),
    ("hcl", "Terraform"),
    ("tf", "Terraform"),
    ("terraform", "Terraform"),
    ("md", "Markdown"),
    ("mdx", "Markdown"),
    ("env", "DotENV"),
    ("dotenv", "DotENV"),
    ("properties", "Java Properties"),
    ("patch", "Diff"),
    ("make", "Makefile"),
    ("cpp", "C++"),
    ("c++", "C++"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("objectivec", "Objective-C"),
    ("ex", "Elixir"),
    ("exs", "Elixir"),
    ("svg", "XML"),
    ("wsdl", "XML"),
    ("xsd", "XML"),
    ("vue", "Vue Component"),
    ("conf", "INI"),
    ("postgresql", "SQL"),
    ("mysql", "SQL"),
    ("plsql", "SQL"),
];

/// Names that say that there is nothing to colour.
const PLAIN: &[&str] = &["", "text", "txt", "plain", "plaintext", "none", "output", "ascii", "mermaid", "math"];

/// Returns the grammar of a language, whatever its case; `None` for plain text and unknown names.
pub(super) fn syntax<'a>(syntaxes: &'a SyntaxSet, language: &str) -> Option<&'a SyntaxReference> {
    let language = language.trim().to_lowercase();
    if PLAIN.contains(&language.as_str()) {
        return None;
    }
    let alias = ALIASES.iter().find(|(name, _)| *name == language);
    let by_alias = alias.and_then(|(_, grammar)| syntaxes.find_syntax_by_name(grammar));
    by_alias.or_else(|| syntaxes.find_syntax_by_token(&language))
}

/// Returns true when code of this language can be highlighted.
pub fn known(language: &str) -> bool {
    syntax(super::syntaxes(), language).is_some()
}

/// How languages spell themselves, where it is not the name with a capital.
const DISPLAY: &[(&str, &str)] = &[
    ("js", "JavaScript"),
    ("javascript", "JavaScript"),
    ("mjs", "JavaScript"),
    ("node", "Node.js"),
    ("jsx", "JSX"),
    ("ts", "TypeScript"),
    ("typescript", "TypeScript"),
    ("tsx", "TSX"),
    ("json", "JSON"),
    ("jsonc", "JSON"),
    ("json5", "JSON5"),
    ("yaml", "YAML"),
    ("yml", "YAML"),
    ("toml", "TOML"),
    ("xml", "XML"),
    ("html", "HTML"),
    ("css", "CSS"),
    ("scss", "SCSS"),
    ("sql", "SQL"),
    ("php", "PHP"),
    ("http", "HTTP"),
    ("graphql", "GraphQL"),
    ("gql", "GraphQL"),
    ("csharp", "C#"),
    ("cs", "C#"),
    ("c#", "C#"),
    ("cpp", "C++"),
    ("c++", "C++"),
    ("fsharp", "F#"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("py", "Python"),
    ("rb", "Ruby"),
    ("rs", "Rust"),
    ("kt", "Kotlin"),
    ("golang", "Go"),
    ("sh", "Shell"),
    ("zsh", "Shell"),
    ("shell", "Shell"),
    ("console", "Shell"),
    ("curl", "curl"),
    ("ps1", "PowerShell"),
    ("powershell", "PowerShell"),
    ("md", "Markdown"),
    ("mdx", "MDX"),
    ("proto", "Protocol Buffers"),
    ("protobuf", "Protocol Buffers"),
    ("hcl", "HCL"),
    ("tf", "Terraform"),
    ("ini", "INI"),
    ("csv", "CSV"),
    ("env", ".env"),
    ("txt", "Text"),
    ("plaintext", "Text"),
    ("wsdl", "WSDL"),
];

/// Returns a language's name as people read it: `TypeScript` for `ts`, else the name with a capital.
pub fn display_name(language: &str) -> String {
    let lower = language.to_lowercase();
    if let Some((_, name)) = DISPLAY.iter().find(|(known, _)| *known == lower) {
        return name.to_string();
    }
    let mut chars = language.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
