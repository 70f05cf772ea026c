//! One page while it is made: the portal, the page's own place in it, and links from here to anywhere.

use std::ops::Range;
use std::sync::Arc;

use super::Renderer;
use super::frame::api_of;
use super::html::SafeHtml;
use super::markdown::{self, HeadingIds, LinkOut, RenderedHeading, Trust};
use super::menu::operation_of;
use super::pages;
use super::view::PageLink;
use crate::diag::{SourcePath, SourceText};
use crate::graph::{BrokenKind, Target};
use crate::load::markdown::outline;
use crate::load::markdown::prepare::Dialect;
use crate::load::markdown::slug::slug as heading_slug;
use crate::model::api::Prose;
use crate::model::changelog::{Changelog, Release};
use crate::model::document::{LinkDefinition, Markdown};
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Route, Subject, Url};

/// What the functions of `pages/` work with.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    /// What all pages share.
    pub renderer: &'a Renderer,
    /// The page.
    pub route: &'a Route,
}

/// Returns the anchor of a heading of CommonMark text, found by its slug.
fn heading_of(text: &str, wanted: &str) -> Option<String> {
    if !text.contains('#') && !text.contains("\n=") && !text.contains("\n-") {
        return None;
    }
    let source = Arc::new(SourceText::new(SourcePath::new(""), text));
    let headings = outline(&source, 0..source.text.len()).headings;
    headings.into_iter().map(|heading| heading.id).find(|id| id == wanted)
}

/// What differs between the texts of a page.
struct Rendering<'a> {
    trust: Trust,
    dialect: Dialect,
    heading_base: u8,
    ids: HeadingIds<'a>,
    definitions: &'a [LinkDefinition],
    code_spans: Option<&'a markdown::CodeSpanFn<'a>>,
}

impl<'a> PageContext<'a> {
    /// Returns the portal.
    pub fn portal(&self) -> &'a Portal {
        &self.renderer.portal
    }

    /// Returns the `href` of a subject's page from here; `None` when it has no page.
    pub fn href(&self, subject: Subject) -> Option<String> {
        self.portal().routes.of(subject).map(|route| self.href_to(&route.url))
    }

    /// Returns the `href` of any file or page of the site from here. On the 404 page, which is served at any depth, it
    /// begins at the host.
    pub fn href_to(&self, url: &Url) -> String {
        match self.route.subject {
            Subject::NotFound => format!("{}{url}", super::base_path(self.portal())),
            _ => self.route.url.to(url),
        }
    }

    /// Returns the `href` of a theme file such as `site.css`, from here.
    pub fn asset(&self, name: &str) -> String {
        self.renderer.theme.assets().get(name).map_or(String::new(), |asset| self.href_to(&asset.url))
    }

    /// Returns a full link to a subject's page: title, method, path, summary; `None` when it has no page.
    pub fn link(&self, subject: Subject) -> Option<PageLink> {
        let portal = self.portal();
        let route = portal.routes.of(subject)?;
        let operation = operation_of(portal, subject);
        let summary = match subject {
            Subject::Document(index) => portal.document(index).front.description.clone(),
            Subject::Api(api) => portal.api(api).info.summary.as_deref().map(str::to_owned),
            _ => None,
        };
        Some(PageLink {
            title: route.title.clone(),
            href: self.href_to(&route.url),
            kind: pages::kind(portal, subject),
            method: operation.map(|operation| operation.kind.method().to_string()),
            path: operation.map(|operation| operation.kind.address().to_string()),
            summary,
            deprecated: operation.is_some_and(|operation| operation.deprecated),
        })
    }

    /// Renders the CommonMark of a description: links resolved against the file it came from, raw HTML not trusted.
    ///
    /// Headings begin at `h{heading_base}`; their ids begin with `id_prefix`.
    pub fn prose(&self, api: ApiIndex, prose: &Prose, heading_base: u8, id_prefix: &str) -> SafeHtml {
        self.prose_with_headings(api, prose, heading_base, id_prefix).0
    }

    /// Renders the CommonMark of a description, and returns its headings too, for "On this page".
    pub fn prose_with_headings(
        &self,
        api: ApiIndex,
        prose: &Prose,
        heading_base: u8,
        id_prefix: &str,
    ) -> (SafeHtml, Vec<RenderedHeading>) {
        let sources = &self.portal().api(api).sources;
        let Some(source) = sources.0.get(prose.span.file as usize) else { return Default::default() };
        let link = |written: &str, image: bool| match written.strip_prefix('#') {
            Some(anchor) => self.anchor_of_description(api, prose, id_prefix, anchor),
            None => self.link_out(&source.path, Some(api), written, image),
        };
        let ids = HeadingIds::Prefix(id_prefix);
        let rendering = Rendering {
            trust: Trust::Description,
            dialect: Dialect::Description,
            heading_base,
            ids,
            definitions: &[],
            code_spans: None,
        };
        let rendered = self.rendered(&prose.text, &rendering, &link);
        (rendered.html, rendered.headings)
    }

    /// Returns where a URL leads that a field of a description holds; `file` is the index of the file that it stands in.
    pub fn link_of_description(&self, api: ApiIndex, file: u32, written: &str, image: bool) -> LinkOut {
        match self.portal().api(api).sources.0.get(file as usize) {
            Some(source) => self.link_out(&source.path, Some(api), written, image),
            None => LinkOut::Broken,
        }
    }

    /// Renders a stretch of one of the portal's own Markdown texts (a document's whole range, a changelog entry's …).
    ///
    /// Links are resolved as `graph` resolved them; broken ones keep their text. Heading ids are those of the outline.
    pub fn markdown(&self, body: &Markdown, range: Range<usize>, heading_base: u8) -> SafeHtml {
        let text = body.source.text.get(range.clone()).unwrap_or("");
        self.markdown_of(body, range, text, heading_base)
    }

    /// Renders a text made from a stretch of one of the portal's own Markdown texts: a list item without its mark.
    pub fn markdown_of(&self, body: &Markdown, range: Range<usize>, text: &str, heading_base: u8) -> SafeHtml {
        let first = body.headings.partition_point(|heading| heading.range.start < range.start);
        let end = body.headings.partition_point(|heading| heading.range.start < range.end);
        let api = self.api_of_text(body);
        let link = |written: &str, image: bool| match self.link_out(body.path(), api, written, image) {
            LinkOut::To(href) if href.starts_with('#') => self.anchor_of_text(body, &href[1..]),
            found => found,
        };
        let code_spans = |code: &str| self.code_span(code, api);
        let rendering = Rendering {
            trust: Trust::Publisher,
            dialect: Dialect::of(body.path()),
            heading_base,
            ids: HeadingIds::Given(&body.headings[first.min(end)..end]),
            definitions: &body.definitions,
            code_spans: Some(&code_spans),
        };
        self.render(text, &rendering, &link)
    }

    /// Returns the subjects of the portal that the links of a stretch lead to, in order.
    pub fn linked(&self, body: &Markdown, range: Range<usize>) -> Vec<Subject> {
        let api = self.api_of_text(body);
        let links = body.links.iter().filter(|link| range.contains(&link.range.start) && !link.image);
        let target = |written: &str| {
            let references = &self.renderer.graph.references;
            match references.resolve(self.portal(), body.path(), api, written) {
                Target::Page { subject, .. } => Some(subject),
                _ => None,
            }
        };
        links.filter_map(|link| target(&link.target)).collect()
    }

    /// Renders a short Markdown text of a document's front matter; links are resolved as in the document.
    pub fn short_markdown(&self, body: &Markdown, text: &str) -> SafeHtml {
        let api = self.api_of_text(body);
        let link = |written: &str, image: bool| self.link_out(body.path(), api, written, image);
        let code_spans = |code: &str| self.code_span(code, api);
        let rendering = Rendering {
            trust: Trust::Publisher,
            dialect: Dialect::of(body.path()),
            heading_base: 3,
            ids: HeadingIds::Prefix("short-"),
            definitions: &body.definitions,
            code_spans: Some(&code_spans),
        };
        self.render(text, &rendering, &link)
    }

    fn render(&self, text: &str, rendering: &Rendering<'_>, link: &dyn Fn(&str, bool) -> LinkOut) -> SafeHtml {
        self.rendered(text, rendering, link).html
    }

    fn rendered(
        &self,
        text: &str,
        rendering: &Rendering<'_>,
        link: &dyn Fn(&str, bool) -> LinkOut,
    ) -> markdown::Rendered {
        let options = markdown::Options {
            trust: rendering.trust,
            dialect: rendering.dialect,
            heading_base: rendering.heading_base,
            heading_ids: rendering.ids,
            link,
            code_spans: rendering.code_spans,
            skip_first_h1: false,
            highlighter: &self.renderer.highlighter,
            icons: self.renderer.theme.icons(),
            words: &self.renderer.words,
            definitions: rendering.definitions,
            audience: self.portal().settings.audience.as_deref(),
        };
        markdown::render(text, &options)
    }

    /// Where inline code leads that names an operation or schema; nowhere from that thing's own page.
    fn code_span(&self, code: &str, api: Option<ApiIndex>) -> Option<String> {
        let subject = self.renderer.graph.references.code_span(code, api)?;
        self.href(subject).filter(|_| subject != self.route.subject)
    }

    /// The API that a text means first: that of its page, else that of the folder it lies in.
    fn api_of_text(&self, body: &Markdown) -> Option<ApiIndex> {
        let portal = self.portal();
        if let Some(&Subject::Document(index)) = portal.pages_of.get(body.path()) {
            return portal.document(index).api.as_deref().and_then(|id| portal.api_of_id(id));
        }
        if let Subject::RoadmapItem(at) = self.route.subject {
            return portal.roadmap.get(at as usize)?.apis.first().and_then(|id| portal.api_of_id(id));
        }
        let folder = body.path().as_str().strip_prefix("apis/").and_then(|rest| rest.split('/').next());
        folder.and_then(|folder| portal.api_of_id(&crate::slug::slug(folder))).or(api_of(self.route.subject))
    }

    fn link_out(&self, from: &SourcePath, api: Option<ApiIndex>, written: &str, image: bool) -> LinkOut {
        let target = self.renderer.graph.references.resolve(self.portal(), from, api, written);
        let with = |href: String, anchor: Option<String>| match anchor {
            Some(anchor) => format!("{href}#{anchor}"),
            None => href,
        };
        match target {
            Target::Page { subject, anchor } => match (self.link(subject), subject) {
                (Some(link), Subject::Operation(..)) if !image => LinkOut::Operation {
                    href: with(link.href, anchor),
                    method: if link.kind == "webhook" { "HOOK".to_owned() } else { link.method.unwrap_or_default() },
                    title: link.title,
                },
                (Some(link), _) => LinkOut::To(with(link.href, anchor)),
                (None, _) => LinkOut::Broken,
            },
            Target::File(url, fragment) => LinkOut::To(with(self.href_to(&url), fragment)),
            Target::Anchor(anchor) => LinkOut::To(format!("#{anchor}")),
            Target::External(url) => LinkOut::External(url),
            Target::Broken(_) => LinkOut::Broken,
        }
    }

    /// Finds what `#…` means in one of the portal's own texts. A changelog is spread over the pages of its releases,
    /// which sort its headings anew, so there the link leads to the page of the release that has the heading. What the
    /// text does not have was reported by a check.
    fn anchor_of_text(&self, body: &Markdown, anchor: &str) -> LinkOut {
        if anchor.is_empty() || anchor == "top" {
            return LinkOut::To("#main".to_owned());
        }
        if !body.has_anchor(anchor) {
            return LinkOut::Broken;
        }
        let is_of_text = |log: &Changelog| log.body.path() == body.path() && !log.releases.is_empty();
        let mut logs = self.portal().changelogs.iter().enumerate();
        let Some((at, log)) = logs.find(|(_, log)| is_of_text(log)) else { return LinkOut::To(format!("#{anchor}")) };
        let heading =
            body.headings.iter().find(|heading| heading.id == anchor).map_or(0, |heading| heading.range.start);
        let holds = |release: &Release| release.range.contains(&heading) || release.place.start == heading;
        let release = log.releases.iter().position(holds).map(|number| Subject::Release(at as u32, number as u32));
        release.and_then(|release| self.href(release)).map_or(LinkOut::Broken, LinkOut::To)
    }

    /// Finds what `#…` means in a description: a heading of the same text, or of the API's own description, which is on
    /// its landing page; else what other viewers write, `#tag/Name`, `#operation/id`, `#section/Heading`.
    fn anchor_of_description(&self, api: ApiIndex, prose: &Prose, prefix: &str, anchor: &str) -> LinkOut {
        let wanted = heading_slug(anchor.rsplit('/').next().unwrap_or(anchor));
        if let Some(id) = heading_of(&prose.text, &wanted) {
            return LinkOut::To(format!("#{prefix}{id}"));
        }
        let references = &self.renderer.graph.references;
        let target = match anchor.split_once('/') {
            Some(("operation", id)) => references.operation(id, Some(api)),
            Some(("tag", rest)) => references.tag_like(self.portal(), api, rest),
            _ => self.heading_of_landing(api, &wanted),
        };
        match target {
            Target::Page { subject, anchor } => self.href(subject).map_or(LinkOut::Broken, |href| {
                LinkOut::To(anchor.map_or(href.clone(), |anchor| format!("{href}#{anchor}")))
            }),
            _ => LinkOut::Broken,
        }
    }

    fn heading_of_landing(&self, api: ApiIndex, wanted: &str) -> Target {
        let description = self.portal().api(api).info.description.as_ref();
        let id = description.and_then(|prose| heading_of(&prose.text, wanted));
        let anchor = id.map(|id| format!("{}{id}", pages::api::DESCRIPTION_PREFIX));
        match anchor {
            Some(anchor) => Target::Page { subject: Subject::Api(api), anchor: Some(anchor) },
            None => Target::broken(BrokenKind::Anchor, "no such heading", None),
        }
    }

    /// Returns the pages that mention a subject (stories, guides, roadmap items, releases), in order of kind and title.
    pub fn mentioned_by(&self, subject: Subject) -> Vec<PageLink> {
        let mut subjects = self.renderer.graph.mentioned_by(subject).to_vec();
        subjects.sort();
        subjects.into_iter().filter_map(|subject| self.link(subject)).collect()
    }

    /// Returns the subjects that a page mentions, in order of first mention.
    pub fn mentions(&self, subject: Subject) -> Vec<PageLink> {
        self.renderer.graph.mentions(subject).iter().filter_map(|subject| self.link(*subject)).collect()
    }
}
