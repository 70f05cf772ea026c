//! For people: the look of rustc.

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::Look;
use super::excerpt::{clean, excerpt};
use crate::diag::{Diagnostic, Place, Severity};

/// Returns the diagnostics, a blank line after each, and a line that counts those left out.
pub(super) fn print(diagnostics: &[&Diagnostic], look: &Look) -> String {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() }.term_width(DEFAULT_TERM_WIDTH);
    let shown = look.at_most.unwrap_or(usize::MAX).min(diagnostics.len());
    let mut out = String::new();
    for diagnostic in &diagnostics[..shown] {
        out.push_str(&one(diagnostic, look, &renderer));
        out.push_str("\n\n");
    }
    match diagnostics.len() - shown {
        0 => {}
        left => out.push_str(&format!("{left} more are not shown; `--all` shows every one\n\n")),
    }
    out
}

fn one(diagnostic: &Diagnostic, look: &Look, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let primary = located(&diagnostic.place, AnnotationKind::Primary, diagnostic.label.as_deref(), look);
    let related = diagnostic.related.iter();
    let related = related.map(|other| located(&other.place, AnnotationKind::Context, Some(&other.message), look));
    let located: Vec<Located<'_>> = std::iter::once(primary).chain(related).collect();

    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.name);
    let help = diagnostic.help.as_ref().map(|help| Level::HELP.message(clean(help)));
    let elements = located.iter().flat_map(|located| located.elements.iter().cloned());
    let text = renderer.render(&[title.elements(elements).elements(help)]);
    located
        .iter()
        .filter_map(|located| located.cut.as_ref())
        .fold(text, |text, (shown, real)| text.replacen(shown, real, 1))
}

/// What is shown of one place.
struct Located<'a> {
    elements: Vec<Element<'a>>,
    /// When the line was cut at its beginning: the position that is printed, and the one in the file.
    cut: Option<(String, String)>,
}

/// Returns `--> file:line:col` and the marked line; the file alone when it has no text.
fn located<'a>(place: &Place, kind: AnnotationKind, label: Option<&str>, look: &Look) -> Located<'a> {
    let path = clean(&look.path(place.path()));
    if place.source.text.is_empty() {
        let note = label.filter(|_| kind == AnnotationKind::Context).map(|label| Level::NOTE.message(clean(label)));
        let elements = std::iter::once(Origin::path(path).into()).chain(note.map(Element::from)).collect();
        return Located { elements, cut: None };
    }
    let excerpt = excerpt(place);
    let line = excerpt.line;
    let column = place.line_column().column as usize;
    let shown = excerpt.text[..excerpt.mark.start].chars().count() + 1;
    let cut = (shown != column).then(|| (format!("{path}:{line}:{shown}"), format!("{path}:{line}:{column}")));
    let annotation: Annotation<'a> = kind.span(excerpt.mark).label(label.map(clean));
    let snippet = Snippet::source(excerpt.text).path(path).line_start(line as usize).fold(false);
    Located { elements: vec![snippet.annotation(annotation).into()], cut }
}
