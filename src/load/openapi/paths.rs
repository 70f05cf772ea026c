//! The operations of a description as a whole: their order, slugs, ids and links to one another.

use std::collections::HashMap;
use std::sync::Arc;

use super::lift::Lifter;
use super::operation::Address;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Link, Operation, OperationKind};
use crate::model::node::{Entry, Node, Span};
use crate::slug::Slugs;

impl Lifter<'_> {
    /// Reads the operations below `paths` and `webhooks` in document order.
    pub fn operations(&mut self) -> Vec<Operation> {
        let root = self.resolver.root().clone();
        let mut operations = Vec::new();
        for entry in root.entries() {
            match &*entry.key {
                "paths" => self.read_paths(entry, &mut operations),
                "webhooks" | "x-webhooks" => self.read_webhooks(entry, &mut operations),
                _ => {}
            }
        }
        self.give_slugs(&mut operations);
        self.report_repeated_ids(&operations);
        self.find_links(&mut operations);
        operations
    }

    fn read_paths(&mut self, entry: &Entry, operations: &mut Vec<Operation>) {
        let mut templates: HashMap<String, Entry> = HashMap::new();
        for path in self.map_of(entry).iter().filter(|path| !path.key.starts_with("x-")) {
            self.check_template(path, &mut templates);
            self.read_path_item(Address::Path(Arc::clone(&path.key)), path, operations);
        }
    }

    fn read_webhooks(&mut self, entry: &Entry, operations: &mut Vec<Operation>) {
        for webhook in self.map_of(entry).iter().filter(|webhook| !webhook.key.starts_with("x-")) {
            self.read_path_item(Address::Webhook(Arc::clone(&webhook.key)), webhook, operations);
        }
    }

    fn read_path_item(&mut self, address: Address, entry: &Entry, operations: &mut Vec<Operation>) {
        if let Err(problem) = self.path_item(address, entry, operations) {
            self.problems.push(problem);
        }
    }

    /// Reports forms of paths that the specification does not allow, and paths that match the same URLs.
    fn check_template(&mut self, path: &Entry, templates: &mut HashMap<String, Entry>) {
        let odd = match &*path.key {
            key if !key.starts_with('/') => Some("a path begins with `/`"),
            key if key.contains(['?', '#']) => Some("a path has no query and no fragment"),
            _ => None,
        };
        if let Some(rule) = odd {
            let message = format!("{rule}: `{}`", path.key);
            let help = codes::PATH_TEMPLATE.mend.to_string();
            self.report(codes::PATH_TEMPLATE, path.key_span, message).help = Some(help);
        }
        let Some(first) = templates.insert(without_names(&path.key), path.clone()) else { return };
        let place = self.place(first.key_span);
        let message = format!("`{}` matches the same URLs as `{}`", path.key, first.key);
        let diagnostic = self.report(codes::PATH_TEMPLATE, path.key_span, message);
        let help = "describe the path once, with one name for each variable";
        *diagnostic = diagnostic.clone().related(place, "the other path").help(help);
    }

    fn give_slugs(&mut self, operations: &mut [Operation]) {
        let (mut http, mut webhooks) = (Slugs::default(), Slugs::default());
        let mut methods: HashMap<Text, usize> = HashMap::new();
        for operation in operations.iter() {
            if let OperationKind::Webhook { name, .. } = &operation.kind {
                *methods.entry(Arc::clone(name)).or_default() += 1;
            }
        }
        for operation in operations.iter_mut() {
            let (method, address) = (operation.kind.method(), operation.kind.address());
            let identity = format!("{method} {address}");
            let alone = methods.get(address).is_some_and(|count| *count == 1);
            let (slugs, place) = match &operation.kind {
                OperationKind::Webhook { name, .. } if alone => (&mut webhooks, name.to_string()),
                OperationKind::Webhook { .. } => (&mut webhooks, identity.clone()),
                _ => (&mut http, identity.clone()),
            };
            let text = operation.operation_id.as_deref().unwrap_or(&place);
            operation.slug = slugs.take(text, &identity);
        }
    }

    fn report_repeated_ids(&mut self, operations: &[Operation]) {
        let mut first_with: HashMap<Text, Span> = HashMap::new();
        for operation in operations {
            let Some(id) = &operation.operation_id else { continue };
            let Some(&first) = first_with.get(id) else {
                first_with.insert(Arc::clone(id), operation.body_span);
                continue;
            };
            // One operation that two paths share has its id once.
            if first == operation.body_span {
                continue;
            }
            let (place, span) = (self.place(self.id_span(first)), self.id_span(operation.body_span));
            let message = format!("another operation has the id `{id}`");
            let diagnostic = self.report(codes::DUPLICATE_OPERATION_ID, span, message);
            *diagnostic = diagnostic.clone().related(place, "the first one").help(codes::DUPLICATE_OPERATION_ID.mend);
        }
    }

    /// Returns where the `operationId` of an operation stands, given where the operation does.
    fn id_span(&self, body: Span) -> Span {
        let text = self.resolver.files.get(body.file as usize).map_or("", |file| file.source.text.as_str());
        let inside = text.get(body.start as usize..body.end as usize).unwrap_or("");
        match inside.find("operationId") {
            Some(at) => {
                let start = body.start + at as u32;
                Span { start, end: start + "operationId".len() as u32, ..body }
            }
            None => Span { end: body.start, ..body },
        }
    }

    /// Finds the operations that links lead to.
    fn find_links(&mut self, operations: &mut [Operation]) {
        let targets = Targets::of(operations);
        for operation in operations {
            self.find_links_of(operation, &targets);
        }
    }

    fn find_links_of(&mut self, operation: &mut Operation, targets: &Targets) {
        for response in &mut operation.responses {
            let links = std::mem::take(&mut response.links);
            response.links = links.into_iter().filter_map(|link| self.find_link(link, targets)).collect();
        }
        for callback in &mut operation.callbacks {
            for operation in &mut callback.operations {
                self.find_links_of(operation, targets);
            }
        }
    }

    /// Returns a link with its operation; `None` when the operation is internal.
    fn find_link(&mut self, link: Link, targets: &Targets) -> Option<Link> {
        let Some(target) = link.target.clone() else { return Some(link) };
        if self.internal_ids.contains(&target) {
            return None;
        }
        let by_id = targets.by_id.get(&target).copied();
        let looks_like_reference = target.contains(['#', '/', ':']);
        let reached = match by_id.is_none() && looks_like_reference {
            true => self.resolver.resolve(&target, link.span).ok(),
            false => None,
        };
        if let Some(reached) = &reached
            && (self.is_internal(&reached.node) || self.resolver.is_inside_internal(reached))
        {
            return None;
        }
        let operation = by_id.or_else(|| targets.by_place.get(&reached?.node.span).copied());
        let elsewhere = super::uri::is_absolute(&target);
        if operation.is_none() && !elsewhere && link.problem.is_none() {
            self.report_unknown_link(&link, &target, targets);
        }
        Some(Link { operation, ..link })
    }

    fn report_unknown_link(&mut self, link: &Link, target: &Text, targets: &Targets) {
        let ids = targets.ids.iter().map(|id| (&**id, ()));
        let help = match self.resolver.nearest(target, ids) {
            Some((id, ())) => format!("did you mean `{id}`?"),
            None => codes::UNKNOWN_LINK_TARGET.mend.to_string(),
        };
        let message = format!("the link `{}` leads to `{target}`, and there is no such operation", link.name);
        self.report(codes::UNKNOWN_LINK_TARGET, link.span, message).help = Some(help);
    }
}

/// The operations that links can lead to.
struct Targets {
    by_id: HashMap<Text, u32>,
    by_place: HashMap<Span, u32>,
    ids: Vec<Text>,
}

impl Targets {
    fn of(operations: &[Operation]) -> Targets {
        let mut targets = Targets { by_id: HashMap::new(), by_place: HashMap::new(), ids: Vec::new() };
        for (index, operation) in operations.iter().enumerate() {
            targets.by_place.entry(operation.body_span).or_insert(index as u32);
            if let Some(id) = &operation.operation_id {
                targets.by_id.entry(Arc::clone(id)).or_insert(index as u32);
                targets.ids.push(Arc::clone(id));
            }
        }
        targets
    }
}

/// Returns a path template with its variables made anonymous: two that are equal match the same URLs.
fn without_names(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((_, after)) = after.split_once('}') else { break };
        out.push_str("{}");
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns true when something stands below `paths` or `webhooks`.
pub fn has_operations(root: &Node) -> bool {
    ["paths", "webhooks", "x-webhooks"].iter().any(|key| root.get(key).is_some_and(|map| !map.entries().is_empty()))
}
