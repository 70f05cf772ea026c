//! Generated examples of real descriptions against a validator of JSON Schema.

#![allow(clippy::disallowed_methods, reason = "reads the corpus")]

use std::path::PathBuf;

use serde_json::{Value, json};

use super::super::*;
use crate::model::api::SpecVersion;
use crate::schema::testing::Loaded;
use crate::schema::wire;

const ROOT: &str = "https://example.com/root";

#[test]
fn e04_generated_examples_of_real_descriptions_are_valid() {
    let corpus = std::env::var("PORTOLAN_CORPUS")
        .map_or_else(|_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    let Ok(folder) = std::fs::read_dir(corpus.join("openapi")) else {
        println!("SKIPPED: no corpus at {}", corpus.display());
        return;
    };
    let mut files: Vec<PathBuf> =
        folder.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    let (mut promised, mut kept, mut all, mut right) = (0, 0, 0, 0);
    let mut failures = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for outcome in check(&text) {
            all += 1;
            right += usize::from(outcome.error.is_none());
            if outcome.promised {
                promised += 1;
                kept += usize::from(outcome.error.is_none());
            }
            if let Some(error) = outcome.error {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                failures.push(format!(
                    "{name} {} {}{error}",
                    outcome.name,
                    if outcome.promised { "" } else { "(illustration) " }
                ));
            }
        }
    }
    println!("{}", failures.join("\n"));
    println!("{right} of {all} generated examples are valid; {kept} of {promised} that say so");
    assert!(right * 100 >= all * 98, "{right} of {all}");
    assert!(kept * 1000 >= promised * 998, "{kept} of {promised} that are said to be valid");
}

struct Outcome {
    name: String,
    promised: bool,
    error: Option<String>,
}

/// Generates an example of every named schema and validates it.
fn check(text: &str) -> Vec<Outcome> {
    let loaded = Loaded::description(text);
    let Ok(mut root) = serde_json::from_str::<Value>(&wire::json(&loaded.api.root)) else { return Vec::new() };
    let old = loaded.api.spec < SpecVersion::V3_1;
    if old {
        modernise(&mut root);
    }
    let draft = if old { jsonschema::Draft::Draft4 } else { jsonschema::Draft::Draft202012 };
    let base = if loaded.api.spec == SpecVersion::V2_0 { "definitions" } else { "components/schemas" };
    let resource = draft.create_resource(root.clone());
    let Ok(Ok(registry)) =
        jsonschema::Registry::new().draft(draft).add(ROOT, resource).map(|registry| registry.prepare())
    else {
        return Vec::new();
    };
    let mut outcomes = Vec::new();
    for named in &loaded.api.named_schemas {
        let pointer = format!("/{base}/{}", named.name.replace('~', "~0").replace('/', "~1"));
        if root.pointer(&pointer).is_none() {
            continue;
        }
        let schema = json!({ "$ref": format!("{ROOT}#{}", pointer.replace(' ', "%20")) });
        let options = jsonschema::options().with_draft(draft).should_validate_formats(true).with_registry(&registry);
        let Ok(validator) = options.build(&schema) else { continue };
        let generated = generate(loaded.schemas(), &[named.id], Direction::Either, &Limits::default());
        let value: Value = serde_json::from_str(&wire::json(&generated.value)).unwrap();
        // Overlapping branches are told apart by their discriminator, which JSON Schema does not know.
        let overlap =
            |error: &jsonschema::ValidationError<'_>| error.to_string().contains("more than one of the schemas");
        let error = validator.iter_errors(&value).find(|error| !overlap(error));
        let error = error.map(|error| format!("{error} at {}", error.instance_path()));
        outcomes.push(Outcome { name: named.name.to_string(), promised: generated.faithful, error });
    }
    outcomes
}

/// Says in draft 4 what OpenAPI 3.0 and 2.0 say in their own words.
fn modernise(value: &mut Value) {
    if let Value::Object(map) = value {
        let nullable = ["nullable", "x-nullable"].iter().any(|key| map.get(*key) == Some(&Value::Bool(true)));
        if nullable && let Some(Value::String(kind)) = map.get("type").cloned() {
            map.insert("type".into(), json!([kind, "null"]));
        }
        map.values_mut().for_each(modernise);
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(modernise);
    }
}
