//! Finds templates that reach themselves, before the template engine could follow them until the stack is full.
//!
//! The engine bounds components and finds direct circles of `extends` and of `include`, but not those of both, nor
//! blocks that `super()` leads back into. So every reference is followed here, whatever its kind: no template may reach
//! itself, and no chain may be longer than [`MAX_DEPTH`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::scan::{Tag, tags};

/// Templates inside one another. The built-in ones need four; each costs stack while a page is made.
pub const MAX_DEPTH: usize = 64;

/// The first reference that must go.
#[derive(Debug, PartialEq, Eq)]
pub struct Recursion {
    /// The template that holds the reference.
    pub template: String,
    /// The bytes of the name in it.
    pub range: Range<usize>,
    /// The way that leads back, template by template; names of components in `<>`, of blocks alone.
    pub chain: Vec<String>,
}

/// What a template refers to: node → (node, place of the reference).
type Graph = BTreeMap<String, Vec<(String, Origin)>>;

#[derive(Debug, Clone)]
struct Origin {
    template: String,
    range: Range<usize>,
}

/// Returns the first recursion among templates, by name; `resolve` gives the full name of a referenced one.
pub fn find(templates: &BTreeMap<String, String>, resolve: &dyn Fn(&str) -> Option<String>) -> Option<Recursion> {
    circle(&references(templates, resolve)).or_else(|| {
        let mut by_leaf = templates.keys().map(|leaf| circle(&blocks(templates, leaf, resolve)));
        by_leaf.find_map(|recursion| recursion)
    })
}

/// Who extends, includes and calls whom. A component is a node of its own, below the template that defines it.
fn references(templates: &BTreeMap<String, String>, resolve: &dyn Fn(&str) -> Option<String>) -> Graph {
    let mut graph = Graph::new();
    let components = components(templates);
    for (name, text) in templates {
        let mut node = name.clone();
        for (tag, range) in tags(text) {
            let target = match tag {
                Tag::Component(component) => {
                    node = component_node(name, component);
                    continue;
                }
                Tag::EndComponent => {
                    node = name.clone();
                    continue;
                }
                Tag::Extends(target) | Tag::Include(target) => resolve(target),
                Tag::Call(component) => components.get(component).cloned(),
                Tag::Block(_) | Tag::EndBlock => None,
            };
            if let Some(target) = target {
                let origin = Origin { template: name.clone(), range };
                graph.entry(node.clone()).or_default().push((target, origin));
            }
        }
    }
    graph
}

/// Component → its node; the topmost definition wins, as in the engine.
fn components(templates: &BTreeMap<String, String>) -> BTreeMap<&str, String> {
    let mut components = BTreeMap::new();
    for (name, text) in templates {
        for (tag, _) in tags(text) {
            if let Tag::Component(component) = tag {
                components.insert(component, component_node(name, component));
            }
        }
    }
    components
}

fn component_node(template: &str, component: &str) -> String {
    format!("{template} <{component}>")
}

/// Which block holds which, in a template and all that it extends.
fn blocks(templates: &BTreeMap<String, String>, leaf: &str, resolve: &dyn Fn(&str) -> Option<String>) -> Graph {
    let mut graph = Graph::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(leaf.to_owned());
    while let Some((name, text)) = next.take().and_then(|name| templates.get_key_value(&name)) {
        if !seen.insert(name) {
            break;
        }
        let mut open: Vec<&str> = Vec::new();
        for (tag, range) in tags(text) {
            match tag {
                Tag::Extends(parent) => next = resolve(parent),
                Tag::Block(block) => {
                    if let Some(outer) = open.last() {
                        let origin = Origin { template: name.clone(), range };
                        graph.entry((*outer).to_owned()).or_default().push((block.to_owned(), origin));
                    }
                    open.push(block);
                }
                Tag::EndBlock => drop(open.pop()),
                _ => {}
            }
        }
    }
    graph
}

/// Takes nodes away that lead nowhere until none is left, counting how deep each one reaches. What cannot be taken
/// away holds a circle.
fn circle(graph: &Graph) -> Option<Recursion> {
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left: BTreeSet<&str> = graph.keys().map(String::as_str).collect();
    loop {
        let done: Vec<&str> = left
            .iter()
            .copied()
            .filter(|node| graph[*node].iter().all(|(to, _)| !left.contains(to.as_str())))
            .collect();
        for node in &done {
            let below = graph[*node].iter().map(|(to, _)| depth.get(to.as_str()).copied().unwrap_or(0)).max();
            let reached = below.unwrap_or(0) + 1;
            depth.insert(node, reached);
            left.remove(node);
            if reached > MAX_DEPTH {
                let (_, origin) = &graph[*node][0];
                return Some(Recursion {
                    template: origin.template.clone(),
                    range: origin.range.clone(),
                    chain: Vec::new(),
                });
            }
        }
        if left.is_empty() {
            return None;
        }
        if done.is_empty() {
            return Some(way_back(graph, &left));
        }
    }
}

/// Follows references among nodes that all lead to one another until a node comes up twice. The topmost template on
/// the way is the one that closed the circle: what lies below it has none.
fn way_back(graph: &Graph, left: &BTreeSet<&str>) -> Recursion {
    let mut way: Vec<(&str, &Origin)> = Vec::new();
    let mut node: &str = left.iter().next().copied().unwrap_or_default();
    loop {
        if let Some(first) = way.iter().position(|(seen, _)| *seen == node) {
            way.drain(..first);
            break;
        }
        let Some((to, origin)) =
            graph.get(node).and_then(|edges| edges.iter().find(|(to, _)| left.contains(to.as_str())))
        else {
            break;
        };
        way.push((node, origin));
        node = to;
    }
    let top = way.iter().enumerate().max_by_key(|(_, (_, origin))| &origin.template).map_or(0, |(at, _)| at);
    way.rotate_left(top);
    let origin = way.first().map(|(_, origin)| (*origin).clone());
    let mut chain: Vec<String> = way.iter().map(|(node, _)| (*node).to_owned()).collect();
    chain.extend(chain.first().cloned());
    let origin = origin.unwrap_or(Origin { template: String::new(), range: 0..0 });
    Recursion { template: origin.template, range: origin.range, chain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(templates: &[(&str, &str)]) -> Option<(String, Vec<String>)> {
        let templates: BTreeMap<String, String> =
            templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let resolve = |name: &str| templates.contains_key(name).then(|| name.to_owned());
        find(&templates, &resolve).map(|recursion| (recursion.template, recursion.chain))
    }

    #[test]
    fn templates_that_share_a_partial_do_not_recurse() {
        assert_eq!(
            found(&[
                ("base", "{% block a %}{% include 'p' %}{% block b %}{% endblock %}{% endblock %}"),
                ("p", "{{ <c/> }}"),
                ("q", "{% component c() %}{% endcomponent c %}"),
                ("page", "{% extends 'base' %}{% block b %}{% include 'p' %}{% endblock %}"),
            ]),
            None
        );
    }

    #[test]
    fn an_include_that_extends_its_includer_is_found() {
        let recursion = found(&[("base", "{% include 'x' %}"), ("x", "{% extends 'base' %}")]);
        assert_eq!(recursion, Some(("x".into(), vec!["x".into(), "base".into(), "x".into()])));
    }

    #[test]
    fn a_component_that_reaches_itself_through_an_include_is_found() {
        let recursion =
            found(&[("c", "{% component a() %}{% include 'x' %}{% endcomponent a %}"), ("x", "{{ <a/> }}")]);
        assert_eq!(recursion, Some(("x".into(), vec!["x".into(), "c <a>".into(), "x".into()])));
    }

    #[test]
    fn blocks_that_swap_places_are_found() {
        let recursion = found(&[
            ("base", "{% block a %}{% block b %}{% endblock b %}{% endblock a %}"),
            ("page", "{% extends 'base' %}{% block b %}{% block a %}{{ super() }}{% endblock a %}{% endblock b %}"),
        ]);
        assert_eq!(recursion, Some(("page".into(), vec!["b".into(), "a".into(), "b".into()])));
    }

    #[test]
    fn a_chain_that_is_too_long_is_found() {
        let chain: Vec<(String, String)> =
            (0..100_000).map(|at| (format!("{at:06}"), format!("{{% include '{:06}' %}}", at + 1))).take(200).collect();
        let chain: Vec<(&str, &str)> = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert!(found(&chain).is_some());
        assert!(found(&chain[..50]).is_none());
    }
}
