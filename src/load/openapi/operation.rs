//! Path items and operations, wherever they stand: below `paths`, `webhooks` or a callback.

use std::sync::Arc;

use super::lift::{Kind, Lifter};
use super::parameter::merge_parameters;
use super::response::ReadResponse;
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{
    Callback, CodeSample, Operation, OperationKind, Parameter, Problem, Prose, RequestBody, Server, SpecVersion,
};
use crate::model::node::{Entry, Node};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const PATH_ITEM_FIELDS: &[&str] = &[
    "$ref",
    "summary",
    "description",
    "servers",
    "parameters",
    "additionalOperations",
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
];
const FIELDS: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
];
const FIELDS_2_0: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "consumes",
    "produces",
    "parameters",
    "responses",
    "schemes",
    "deprecated",
    "security",
];

/// Callbacks within callbacks end here.
const CALLBACK_DEPTH: usize = 8;

/// Where a path item stands.
#[derive(Debug, Clone)]
pub enum Address {
    /// Below `paths`: the template.
    Path(Text),
    /// Below `webhooks`: the name.
    Webhook(Text),
    /// In a callback: the expression.
    Callback(Text),
}

impl Address {
    fn kind(&self, method: Text) -> OperationKind {
        match self.clone() {
            Address::Path(path) => OperationKind::Http { method, path },
            Address::Webhook(name) => OperationKind::Webhook { method, name },
            Address::Callback(expression) => OperationKind::Callback { method, expression },
        }
    }
}

/// What a path item says about all of its operations.
struct Common {
    address: Address,
    node: Node,
    key: Entry,
    summary: Option<Text>,
    description: Option<Prose>,
    servers: Option<Vec<Server>>,
    parameters: Vec<Parameter>,
    extensions: Vec<Entry>,
}

impl Lifter<'_> {
    /// Reads the operations of a path item.
    ///
    /// Returns what the page shows instead when the path item cannot be found.
    pub fn path_item(&mut self, address: Address, entry: &Entry, out: &mut Vec<Operation>) -> Result<(), Problem> {
        if self.is_internal(&entry.value) {
            self.note_internal_ids(&entry.value);
            return Ok(());
        }
        let node = self.whole_path_item(&entry.value)?;
        if !node.is_map() {
            if node.is_null() {
                return Ok(());
            }
            let message = format!("a path item is {}, an object is expected", node.kind_word());
            return Err(self.problem(codes::WRONG_TYPE, node.span, message, None));
        }
        self.known_path_item_fields(&node);
        let is_2_0 = self.spec_at(node.span) == SpecVersion::V2_0;
        let common = Common {
            summary: self.text(&node, "summary"),
            description: self.prose(&node, "description"),
            servers: self.servers(&node, "servers"),
            extensions: self.extensions(&node),
            parameters: if is_2_0 { Vec::new() } else { self.parameters(&node) },
            address,
            key: entry.clone(),
            node,
        };
        self.operations_of(&common, out);
        Ok(())
    }

    fn known_path_item_fields(&mut self, node: &Node) {
        // A method in capitals is reported and read: no reader of the text would take it for anything else.
        let upper: Vec<&str> = node.entries().iter().map(|entry| &*entry.key).filter(|key| is_method(key)).collect();
        let fields: Vec<&str> = PATH_ITEM_FIELDS.to_vec();
        let odd = upper.iter().any(|key| !fields.contains(key));
        let unknown = node.entries().iter().any(|e| !fields.contains(&&*e.key) && !e.key.starts_with("x-"));
        if odd || unknown {
            self.known(node, "a path item", &fields);
        }
    }

    fn operations_of(&mut self, common: &Common, out: &mut Vec<Operation>) {
        for entry in common.node.entries() {
            if is_method(&entry.key) {
                out.extend(self.operation(entry, entry.key.to_ascii_uppercase().into(), common));
            } else if &*entry.key == "additionalOperations" {
                for other in self.map_of(entry).iter().filter(|other| !other.key.starts_with("x-")) {
                    out.extend(self.operation(other, Arc::clone(&other.key), common));
                }
            }
        }
    }

    fn note_internal_ids(&mut self, path_item: &Node) {
        let Ok(node) = self.whole_path_item(path_item) else { return };
        let ids = node.entries().iter().filter_map(|entry| entry.value.get("operationId").and_then(Node::as_text));
        self.internal_ids.extend(ids);
    }

    fn operation(&mut self, entry: &Entry, method: Text, common: &Common) -> Option<Operation> {
        if !self.spend(1 + common.parameters.len(), entry.key_span) {
            return None;
        }
        let node = self.through(&entry.value);
        if self.is_internal(&node) {
            self.internal_ids.extend(node.get("operationId").and_then(Node::as_text));
            return None;
        }
        let is_2_0 = self.spec_at(node.span) == SpecVersion::V2_0;
        let mut operation = self.empty_operation(entry, &node, method, common);
        if !node.is_map() {
            let message = format!("an operation is {}, an object is expected", node.kind_word());
            operation.problem = Some(self.problem(codes::WRONG_TYPE, node.span, message, None));
            return Some(operation);
        }
        let reported = self.diagnostics.len();
        self.known(&node, "an operation", if is_2_0 { FIELDS_2_0 } else { FIELDS });
        self.read_operation(&mut operation, &node);
        if node.get("responses").is_some() {
            self.ask_strict_reader(&node, Part::Operation, reported);
        }
        if is_2_0 {
            self.read_messages_2_0(&mut operation, &node, &common.node);
        } else {
            operation.parameters = merge_parameters(&common.parameters, self.parameters(&node));
            operation.request_body = self.request_body(&node);
            operation.responses = self.responses(&node, ReadResponse::V3);
            operation.callbacks = self.callbacks(&node);
            if node.get("responses").is_none() && self.spec_at(node.span) < SpecVersion::V3_1 {
                self.missing(&node, "an operation", "responses");
            }
        }
        if let Address::Path(path) = &common.address {
            self.check_path_parameters(path, common.key.key_span, &mut operation.parameters);
        }
        Some(operation)
    }

    fn empty_operation(&mut self, entry: &Entry, node: &Node, method: Text, common: &Common) -> Operation {
        Operation {
            kind: common.address.kind(method),
            operation_id: None,
            slug: "".into(),
            summary: None,
            description: None,
            shared_summary: common.summary.clone(),
            shared_description: common.description.clone(),
            tags: Vec::new(),
            external_docs: None,
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            callbacks: Vec::new(),
            deprecated: false,
            security: None,
            servers: None,
            samples: Vec::new(),
            extensions: Vec::new(),
            shared_extensions: common.extensions.clone(),
            responses_extensions: Vec::new(),
            problem: None,
            span: entry.key_span,
            body_span: node.span,
        }
        .with_servers(common.servers.clone())
    }

    /// Reads what all versions write the same way.
    fn read_operation(&mut self, operation: &mut Operation, node: &Node) {
        operation.operation_id = self.text(node, "operationId").filter(|id| !id.trim().is_empty());
        operation.summary = self.text(node, "summary");
        operation.description = self.prose(node, "description");
        operation.tags = self.tags_of_operation(node);
        operation.external_docs = self.external_docs(node);
        operation.deprecated = self.flag(node, "deprecated").unwrap_or(false);
        operation.security = self.security(node);
        operation.servers = self.servers(node, "servers").or(operation.servers.take());
        operation.samples = self.code_samples(node);
        operation.extensions = self.extensions(node);
        operation.responses_extensions = node.get("responses").map(|map| self.extensions(map)).unwrap_or_default();
    }

    fn code_samples(&mut self, node: &Node) -> Vec<CodeSample> {
        let mut samples = Vec::new();
        for key in ["x-codeSamples", "x-code-samples"] {
            for item in self.list(node, key).iter() {
                let item = self.through(item);
                let source = self.text(&item, "source");
                let Some(source) = source else { continue };
                let language = self.text(&item, "lang").unwrap_or_else(|| "text".into());
                samples.push(CodeSample { language, label: self.text(&item, "label"), source });
            }
        }
        samples
    }

    fn callbacks(&mut self, node: &Node) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        for entry in self.map(node, "callbacks").iter().filter(|entry| !entry.key.starts_with("x-")) {
            if !self.is_internal(&entry.value) {
                callbacks.push(self.callback(entry));
            }
        }
        callbacks
    }

    fn callback(&mut self, entry: &Entry) -> Callback {
        let mut callback = Callback {
            name: Arc::clone(&entry.key),
            operations: Vec::new(),
            recursive: false,
            body_span: entry.value.span,
            extensions: Vec::new(),
            problem: None,
            span: entry.key_span,
        };
        let followed = match self.follow(&entry.value, Kind::Callback) {
            Ok(followed) => followed,
            Err(problem) => return Callback { problem: Some(problem), ..callback },
        };
        let at = followed.node.span;
        callback.body_span = at;
        callback.extensions = self.extensions(&followed.node);
        if self.open_callbacks.contains(&at) {
            // A subscription whose events name another URL of the same kind is no mistake.
            return Callback { recursive: true, ..callback };
        }
        if self.open_callbacks.len() >= CALLBACK_DEPTH || self.callback_budget == 0 {
            let message = format!("the callback `{}` leads to more callbacks than a page can hold", entry.key);
            let help = "describe the inner callback on an operation of its own".to_string();
            callback.problem = Some(self.problem(codes::CIRCULAR_REFERENCE, entry.key_span, message, Some(help)));
            return callback;
        }
        self.open_callbacks.push(at);
        for item in followed.node.entries().iter().filter(|item| !item.key.starts_with("x-")) {
            let address = Address::Callback(Arc::clone(&item.key));
            if let Err(problem) = self.path_item(address, item, &mut callback.operations) {
                callback.problem = Some(problem);
            }
        }
        self.open_callbacks.pop();
        self.callback_budget = self.callback_budget.saturating_sub(callback.operations.len().max(1));
        callback
    }

    /// Reads a 2.0 operation's parameters, body and responses.
    fn read_messages_2_0(&mut self, operation: &mut Operation, node: &Node, path_item: &Node) {
        let root = self.resolver.root().clone();
        let said = |lifter: &mut Self, key: &str| match lifter.present(node, key).cloned() {
            Some(entry) => lifter.texts_of(&entry),
            None => lifter.texts(&root, key),
        };
        let (consumes, produces) = (said(self, "consumes"), said(self, "produces"));
        let given = self.given_2_0(path_item, node);
        let body: Option<RequestBody> = self.request_body_2_0(&given, &consumes, node);
        operation.request_body = body;
        operation.parameters = given.parameters;
        operation.responses = self.responses(node, ReadResponse::V2 { produces: &produces });
        if node.get("responses").is_none() {
            self.missing(node, "an operation", "responses");
        }
        if let Some(entry) = self.present(node, "schemes").cloned() {
            let schemes = self.texts_of(&entry);
            operation.servers = operation.servers.take().or_else(|| Some(self.servers_2_0(&root, &schemes)));
        }
        // 2.0 has no callbacks; generators write 3.0's as an extension.
        operation.callbacks = self.callbacks(node);
    }
}

impl Operation {
    fn with_servers(mut self, servers: Option<Vec<Server>>) -> Operation {
        self.servers = servers;
        self
    }
}

/// Returns true for a key that holds an operation, in whatever case.
pub fn is_method(key: &str) -> bool {
    METHODS.iter().any(|method| key.eq_ignore_ascii_case(method))
}
