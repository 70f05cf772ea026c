//! Markers: texts, URLs and numbers that stand nowhere else, each with the name of the field that it is in.

use serde_json::{Value, json};

/// A version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

/// One marker.
#[derive(Debug)]
pub struct Marker {
    /// What is looked for.
    pub token: String,
    /// The field.
    pub label: String,
}

/// A description while it is made.
#[derive(Debug)]
pub struct Doc {
    pub version: Version,
    pub markers: Vec<Marker>,
    /// Flags: a marker, the words that must follow it, and the field.
    pub near: Vec<(String, &'static str, String)>,
    /// The names of extensions that the settings show.
    pub extensions: Vec<String>,
    next: usize,
}

impl Doc {
    pub fn new(version: Version) -> Doc {
        Doc { version, markers: Vec::new(), near: Vec::new(), extensions: Vec::new(), next: 0 }
    }

    /// True in this version and later ones.
    pub fn since(&self, version: Version) -> bool {
        self.version >= version
    }

    /// A new marker for a field.
    pub fn token(&mut self, label: &str) -> String {
        self.next += 1;
        let token = format!("zq{:04}z", self.next);
        self.markers.push(Marker { token: token.clone(), label: label.to_owned() });
        token
    }

    /// A text of nothing but a marker: a name, a word.
    pub fn text(&mut self, label: &str) -> Value {
        json!(self.token(label))
    }

    /// CommonMark with a marker.
    pub fn prose(&mut self, label: &str) -> Value {
        json!(format!("About *{}* and more. [[notes]]", self.token(label)))
    }

    /// A URL with a marker.
    pub fn url(&mut self, label: &str) -> Value {
        json!(format!("https://{}.example/x", self.token(label)))
    }

    /// A number that is a marker; each is greater than the one before.
    pub fn number(&mut self, label: &str) -> Value {
        self.next += 1;
        let number = 31_000 + self.next;
        self.markers.push(Marker { token: number.to_string(), label: label.to_owned() });
        json!(number)
    }

    /// Says which words follow a marker on the page: for flags.
    pub fn near(&mut self, anchor: &Value, words: &'static str, label: &str) {
        self.near.push((anchor.as_str().unwrap().to_owned(), words, label.to_owned()));
    }

    /// Adds an extension whose name and value are markers.
    pub fn extended(&mut self, label: &str, mut object: Value) -> Value {
        let name = format!("x-{}", self.token(&format!("{label}.x- (name)")));
        let value = self.text(&format!("{label}.x- (value)"));
        object.as_object_mut().unwrap().insert(name.clone(), value);
        self.extensions.push(name);
        object
    }

    /// The External Documentation Object.
    pub fn docs(&mut self, label: &str) -> Value {
        let label = format!("{label}.externalDocs");
        let docs = json!({
            "url": self.url(&format!("{label}.url")),
            "description": self.text(&format!("{label}.description")),
        });
        self.extended(&label, docs)
    }
}

/// Adds the fields of one object to another.
pub fn with(mut object: Value, more: Value) -> Value {
    let Value::Object(more) = more else { return object };
    object.as_object_mut().unwrap().extend(more);
    object
}
