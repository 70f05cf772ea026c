//! `llms.txt` and `llms-full.txt`: the portal for language models, in the form of the llms.txt proposal (a title, a
//! summary as a quotation, then sections of links with a sentence each).

use super::twin::{self, Tree};
use crate::model::portal::Portal;
use crate::model::route::{Route, Subject};
use crate::render::markdown::plain::plain;
use crate::render::{Renderer, api_of, pages};

/// Characters of the sentence behind a link.
const SENTENCE: usize = 120;
/// Links to operations of one API; its own twin lists all of them.
const OPERATIONS: usize = 200;
/// Bytes of `llms-full.txt`: what is beyond is in the twins.
const WHOLE: usize = 4_000_000;

/// Returns `llms.txt`.
pub fn index(renderer: &Renderer) -> Vec<u8> {
    let portal = &renderer.portal;
    let mut out = head(portal);
    let base = portal.settings.base_url.as_deref().unwrap_or("");
    for (title, routes) in sections(portal) {
        out.push_str(&format!("## {title}\n\n"));
        for route in routes {
            let Some(path) = twin::path(route) else { continue };
            let label = route.title.replace('[', "\\[").replace(']', "\\]");
            let about = about(portal, route).map_or(String::new(), |text| format!(": {text}"));
            out.push_str(&format!("- [{label}]({base}{}){about}\n", path.as_str()));
        }
        out.push('\n');
    }
    out.into_bytes()
}

/// Returns `llms-full.txt`: the twins of everything that `index` lists, one after the other.
pub fn whole(renderer: &Renderer, tree: &Tree) -> Vec<u8> {
    let portal = &renderer.portal;
    let base = portal.settings.base_url.as_deref().unwrap_or("");
    let mut out = head(portal).into_bytes();
    for (_, routes) in sections(portal) {
        for route in routes {
            if out.len() > WHOLE {
                out.extend_from_slice(b"The rest is in the Markdown twins that llms.txt lists.\n");
                return out;
            }
            let Some(path) = twin::path(route) else { continue };
            out.extend_from_slice(format!("<!-- {base}{} -->\n\n", path.as_str()).as_bytes());
            out.extend_from_slice(&twin::page(renderer, tree, route));
            out.extend_from_slice(b"\n");
        }
    }
    out
}

fn head(portal: &Portal) -> String {
    let mut out = format!("# {}\n\n", portal.settings.title);
    let summary = portal.settings.description.clone();
    let only = || portal.current_apis().next().and_then(|(_, edition)| edition.api.info.summary.clone());
    if let Some(text) = summary.or_else(|| only().map(|text| text.to_string())) {
        out.push_str(&format!("> {}\n\n", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    out
}

/// The pages in sections, in the order of their routes; earlier versions of APIs are left out, and what is of little
/// use without the rest comes last, under the name that the proposal gives it.
fn sections(portal: &Portal) -> Vec<(String, Vec<&Route>)> {
    let mut list: Vec<(String, Vec<&Route>)> = Vec::new();
    let mut add = |title: String, route| match list.iter_mut().find(|(known, _)| *known == title) {
        Some((_, routes)) => routes.push(route),
        None => list.push((title, vec![route])),
    };
    let mut optional = Vec::new();
    let mut operations = std::collections::HashMap::new();
    for route in portal.routes.iter().filter(|route| twin::path(route).is_some()) {
        let api = api_of(route.subject);
        if api.is_some_and(|api| portal.edition(api).earlier_of.is_some()) {
            continue;
        }
        match route.subject {
            Subject::Home | Subject::Catalog => {}
            Subject::Schema(..) | Subject::Schemas(_) | Subject::Tag(..) => {}
            Subject::Release(..) | Subject::ChangelogText(_) | Subject::RoadmapItem(_) | Subject::RoadmapTimeline => {
                optional.push(route);
            }
            Subject::Operation(api, _) => {
                let count = operations.entry(api).or_insert(0_usize);
                *count += 1;
                if *count <= OPERATIONS {
                    add(portal.api(api).info.title.clone(), route);
                }
            }
            _ => match api {
                Some(api) => add(portal.api(api).info.title.clone(), route),
                None => add(section(portal, route), route),
            },
        }
    }
    if !optional.is_empty() {
        list.push(("Optional".into(), optional));
    }
    list
}

fn section(portal: &Portal, route: &Route) -> String {
    let kind = match route.subject {
        Subject::Document(index) => match portal.document(index).api.as_deref().and_then(|id| portal.api_of_id(id)) {
            Some(api) => return portal.api(api).info.title.clone(),
            None => pages::kind(portal, route.subject),
        },
        subject => pages::kind(portal, subject),
    };
    match kind {
        "guide" | "guides" | "section" => "Guides".into(),
        "story" | "stories" => "Stories".into(),
        "path" | "step" | "onboarding" => "Get started".into(),
        "roadmap" | "changelog" => "Roadmap and changelog".into(),
        _ => "Pages".into(),
    }
}

fn about(portal: &Portal, route: &Route) -> Option<String> {
    let text = match route.subject {
        Subject::Document(index) => portal.document(index).front.description.clone()?,
        Subject::Api(api) => {
            let info = &portal.api(api).info;
            info.summary.as_deref().or(info.description.as_ref().map(|prose| &*prose.text))?.to_owned()
        }
        Subject::Operation(api, at) => {
            let operation = portal.api(api).operations.get(at as usize)?;
            return Some(format!("`{} {}`", operation.kind.method(), operation.kind.address()));
        }
        _ => return None,
    };
    let text = plain(&text, SENTENCE);
    (!text.is_empty()).then(|| crate::render::pages::parts::cut(&text, SENTENCE))
}
