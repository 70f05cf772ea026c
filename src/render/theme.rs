//! Templates and theme files: the built-in ones, and what the portal puts over them.
//!
//! Takes the theme's name and the portal's override files, gives compiled templates, one stylesheet, the other theme
//! files under their published names, and the words of the interface. Whatever a portal gets wrong is reported and left
//! out; a theme always works. It knows nothing of the portal's content, and of pages only that they fill a template.

pub mod colour;
mod files;
mod icons;
mod recursion;
mod scan;
mod settings;
mod strings;
mod styles;
mod templates;
#[cfg(test)]
pub(crate) mod tests;
mod tokens;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::assets::Assets;
use super::view::{PageColours, PageView, Shell};
use crate::diag::{Diagnostic, SourcePath, SourceText};
use strings::Strings;
pub use templates::BLOCKS;
use templates::Templates;

/// A page's own view, as the template engine wants it.
#[derive(Debug)]
pub struct ViewData(tera::Value);

impl ViewData {
    /// Takes any view.
    pub fn new(view: &impl Serialize) -> ViewData {
        ViewData(tera::Value::from_serializable(view))
    }
}

/// The shell, as the template engine wants it: made once, shared by all pages.
#[derive(Debug, Clone)]
pub struct ShellValue(tera::Value);

impl ShellValue {
    /// Takes the shell.
    pub fn new(shell: &Shell) -> ShellValue {
        ShellValue(tera::Value::from_serializable(shell))
    }
}

/// Everything that decides how pages look.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    assets: Assets,
    strings: Strings,
    page_colours: PageColours,
    icons: BTreeMap<String, String>,
}

impl Theme {
    /// Makes the theme of this name out of the built-in files and the portal's: `templates/**`, `themes/<name>/**`,
    /// `user.css`, `strings.<language>.toml`, by path below the input folder.
    pub fn load(name: &str, overrides: &BTreeMap<SourcePath, Arc<SourceText>>) -> (Theme, Vec<Diagnostic>) {
        let mut report = Vec::new();
        let files = files::collect(name, overrides, &mut report);
        let mut tokens = tokens::Tokens::of_stylesheet(&files.css.values().cloned().collect::<String>());
        for settings in &files.settings {
            tokens.apply(settings, &mut report);
        }
        tokens.check_contrast(&mut report);
        let (light, dark) = tokens.colour("bg").unwrap_or((colour::Colour([255; 3]), colour::Colour([0; 3])));
        let theme = Theme {
            strings: Strings::new(&files.strings, &mut report),
            assets: assets(&files, &tokens),
            templates: Templates::compile(files.templates, &mut report),
            page_colours: PageColours { light: light.to_string(), dark: dark.to_string() },
            icons: files.icons.iter().flat_map(|file| icons::icons(file)).collect(),
        };
        (theme, report)
    }

    /// Returns the theme files under their published names.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Returns the words of the interface in a language (BCP 47), English where it lacks one.
    pub fn strings(&self, language: &str) -> BTreeMap<String, String> {
        self.strings.of(language)
    }

    /// Returns the icons by name, each as an element; a theme's own one wins over the built-in one of its name.
    pub fn icons(&self) -> &BTreeMap<String, String> {
        &self.icons
    }

    /// Returns the colours of the page, for the browser's own frame.
    pub fn page_colours(&self) -> &PageColours {
        &self.page_colours
    }

    /// Fills a template. The error says `file:line:column: what`.
    pub fn render(
        &self,
        template: &str,
        shell: &ShellValue,
        page: &PageView,
        view: &ViewData,
    ) -> Result<String, String> {
        let context = context(shell, page, view);
        self.templates.render(template, &context).map_err(|diagnostic| one_line(&diagnostic))
    }

    /// Fills a template; when a portal's own one fails, reports that and fills the built-in one of the same name.
    ///
    /// The error says that the built-in one failed too, or that there is none.
    pub fn render_or_fall_back(
        &self,
        template: &str,
        shell: &ShellValue,
        page: &PageView,
        view: &ViewData,
    ) -> (Result<String, String>, Option<Diagnostic>) {
        let context = context(shell, page, view);
        match self.templates.render(template, &context) {
            Ok(html) => (Ok(html), None),
            Err(diagnostic) => {
                let html = self.templates.render_built_in(template, &context).map_err(|failure| one_line(&failure));
                (html, Some(*diagnostic))
            }
        }
    }
}

fn context(shell: &ShellValue, page: &PageView, view: &ViewData) -> tera::Context {
    let mut context = tera::Context::new();
    context.insert_value("shell", shell.0.clone());
    context.insert("page", page);
    context.insert_value("view", view.0.clone());
    context
}

fn one_line(diagnostic: &Diagnostic) -> String {
    format!("{}: {}", diagnostic.place, diagnostic.message)
}

/// The stylesheet, made of all parts, and the files that go beside it.
fn assets(files: &files::Files, tokens: &tokens::Tokens) -> Assets {
    let mut assets = Assets::default();
    for (name, bytes) in &files.assets {
        assets.add(name, bytes.clone());
    }
    for (name, css) in files.own_css.iter().filter(|(name, _)| !files.assets.contains_key(*name)) {
        let part = std::collections::BTreeMap::from([(name.clone(), css.clone())]);
        assets.add(name, styles::stylesheet(&part, &[], None).into_bytes());
    }
    let own = tokens.stylesheet();
    let mut theme = Vec::new();
    if !own.is_empty() {
        theme.push(format!(":root{{{own}}}"));
    }
    theme.extend(files.theme_css.iter().map(|css| assets.link_styles(css)));
    let user = files.user_css.as_deref().map(|css| assets.link_styles(css));
    let css = styles::stylesheet(&files.css, &theme, user.as_deref());
    assets.add("site.css", css.into_bytes());
    assets
}

/// Returns the known name that was most likely meant; `None` when none is near.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|other| (strsim::damerau_levenshtein(name, other), other));
    let (distance, best) = scored.min()?;
    (distance <= 1 + name.chars().count() / 3).then_some(best)
}

/// Returns the help for a name that is not known.
fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("these exist: {}", known.join(", ")),
    }
}
