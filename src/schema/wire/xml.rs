//! A value as XML, by the XML Objects of its schema (OpenAPI 3.2, "XML Object").

use crate::model::api::{SchemaId, Xml};
use crate::model::node::{Node, Value};
use crate::schema::{Effective, Schemas, words};

/// Elements inside one another are written this deep.
const DEPTH: usize = 32;

/// Returns the document of a value.
pub fn document(schemas: Schemas<'_>, parts: &[SchemaId], value: &Node) -> String {
    let effective = schemas.effective(parts);
    let name = effective.identity.map_or("root", |id| schemas.name(id));
    let mut writer = Writer { schemas, out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") };
    match value.is_list() {
        true => {
            let root = element_name(&effective, name);
            writer.open(0, &root, &namespace(&effective), &[]);
            writer.items(&root, &effective, value.items(), 1);
            writer.close(0, &root);
        }
        false => writer.element(name, parts, value, 0),
    }
    writer.out
}

/// What a node becomes.
fn node_type<'e>(effective: &'e Effective<'_>) -> &'e str {
    match effective.xml {
        Some(Xml { node_type: Some(word), .. }) => word,
        Some(Xml { attribute: true, .. }) => "attribute",
        _ => "element",
    }
}

fn element_name(effective: &Effective<'_>, fallback: &str) -> String {
    let xml = effective.xml;
    let name = xml.and_then(|xml| xml.name.as_deref()).unwrap_or(fallback);
    let clean: String = name.chars().map(|c| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '_' }).collect();
    let clean = if clean.starts_with(|c: char| c.is_alphabetic() || c == '_') { clean } else { format!("_{clean}") };
    match xml.and_then(|xml| xml.prefix.as_deref()).filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}:{clean}"),
        None => clean,
    }
}

fn namespace(effective: &Effective<'_>) -> Vec<(String, String)> {
    let Some(xml) = effective.xml else { return Vec::new() };
    let Some(namespace) = &xml.namespace else { return Vec::new() };
    let name = xml.prefix.as_ref().map_or("xmlns".into(), |prefix| format!("xmlns:{prefix}"));
    vec![(name, namespace.to_string())]
}

struct Writer<'a> {
    schemas: Schemas<'a>,
    out: String,
}

impl<'a> Writer<'a> {
    fn open(&mut self, depth: usize, name: &str, attributes: &[(String, String)], more: &[(String, String)]) {
        self.indent(depth);
        self.start(name, attributes, more);
        self.out.push_str(">\n");
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)], more: &[(String, String)]) {
        self.out.push('<');
        self.out.push_str(name);
        let all: Vec<&(String, String)> = attributes.iter().chain(more).collect();
        for (at, (name, value)) in all.iter().enumerate() {
            // Two attributes of one prefix declare it once.
            if !all[..at].iter().any(|(known, _)| known == name) {
                self.out.push_str(&format!(" {name}=\"{}\"", escaped(value)));
            }
        }
    }

    fn close(&mut self, depth: usize, name: &str) {
        self.indent(depth);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n("  ", depth));
    }

    fn element(&mut self, fallback: &str, parts: &[SchemaId], value: &Node, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let effective = self.schemas.effective(parts);
        let name = element_name(&effective, fallback);
        match &value.value {
            Value::List(items) => self.list(fallback, &effective, items, depth),
            Value::Map(_) => self.map(&name, &effective, value, depth),
            _ => self.scalar(&name, &effective, value, depth),
        }
    }

    fn scalar(&mut self, name: &str, effective: &Effective<'_>, value: &Node, depth: usize) {
        let text = words::plain(value);
        let inner = match node_type(effective) {
            "cdata" => format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")),
            _ => escaped(&text),
        };
        self.indent(depth);
        if matches!(node_type(effective), "text" | "cdata" | "none") {
            self.out.push_str(&format!("{inner}\n"));
            return;
        }
        self.start(name, &namespace(effective), &[]);
        match value.is_null() {
            true => self.out.push_str("/>\n"),
            false => self.out.push_str(&format!(">{inner}</{name}>\n")),
        }
    }

    /// A list is repeated elements, inside one of its own when it is wrapped.
    fn list(&mut self, fallback: &str, effective: &Effective<'a>, items: &[Node], depth: usize) {
        let wrapped = effective.xml.is_some_and(|xml| xml.wrapped || xml.node_type.as_deref() == Some("element"));
        if !wrapped {
            return self.items(fallback, effective, items, depth);
        }
        let name = element_name(effective, fallback);
        self.open(depth, &name, &namespace(effective), &[]);
        self.items(&name, effective, items, depth + 1);
        self.close(depth, &name);
    }

    fn items(&mut self, name: &str, effective: &Effective<'a>, items: &[Node], depth: usize) {
        for (at, item) in items.iter().enumerate() {
            let prefix = effective.array.prefix.get(at).cloned();
            let parts = prefix.unwrap_or_else(|| effective.array.items.clone());
            self.element(name, &parts, item, depth);
        }
    }

    fn map(&mut self, name: &str, effective: &Effective<'a>, value: &Node, depth: usize) {
        let parts_of = |key: &str| -> Vec<SchemaId> {
            let property = effective.object.properties.iter().find(|property| &**property.name == key);
            property.map(|property| property.parts.clone()).or(effective.map_values(self.schemas)).unwrap_or_default()
        };
        let mut attributes = Vec::new();
        let mut children = Vec::new();
        for entry in value.entries() {
            let parts = parts_of(&entry.key);
            let property = self.schemas.effective(&parts);
            match node_type(&property) {
                "attribute" => {
                    // An attribute is in a namespace by its prefix alone.
                    if property.xml.is_some_and(|xml| xml.prefix.is_some()) {
                        attributes.extend(namespace(&property));
                    }
                    attributes.push((element_name(&property, &entry.key), words::plain(&entry.value)));
                }
                _ => children.push((entry, parts)),
            }
        }
        let bare = matches!(node_type(effective), "none");
        let inner = if bare { depth } else { depth + 1 };
        if !bare && children.is_empty() {
            self.indent(depth);
            self.start(name, &namespace(effective), &attributes);
            self.out.push_str("/>\n");
            return;
        }
        if !bare {
            self.open(depth, name, &namespace(effective), &attributes);
        }
        for (entry, parts) in children {
            self.element(&entry.key, &parts, &entry.value, inner);
        }
        if !bare {
            self.close(depth, name);
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
