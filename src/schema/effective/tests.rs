//! Tests of this module.

mod laws;

use crate::schema::testing::Loaded;
use crate::schema::type_name;
use crate::schema::words::{Rule, rules};

/// A schema on one line: its type, its rules, then each property with `*` when required and where it comes from.
fn line(text: &str, name: &str) -> String {
    let loaded = Loaded::schemas_text(text);
    let schemas = loaded.schemas();
    let effective = schemas.effective(&[loaded.id(name)]);
    let mut out = type_name::to_text(schemas, &type_name::pieces_of(schemas, &effective));
    for rule in rules(&effective) {
        match rule {
            Rule::Words(words) => out.push_str(&format!("; {words}")),
            Rule::Code(word, code) => out.push_str(&format!("; {word} {code}")),
        }
    }
    for property in &effective.object.properties {
        let mark = if property.required { "*" } else { "" };
        let from: Vec<_> = property.from.iter().map(|id| schemas.name(*id)).collect();
        let from = if from.is_empty() { String::new() } else { format!(" from {}", from.join("+")) };
        out.push_str(&format!("; {}{mark}: {}{from}", property.name, type_name::text(schemas, &property.parts)));
    }
    for conflict in &effective.conflicts {
        out.push_str(&format!("; conflict: {conflict}"));
    }
    out
}

#[test]
fn s12_all_of_merges_and_keeps_where_fields_come_from() {
    let text = "
    Base: {type: object, required: [id], properties: {id: {type: string}, kind: {type: string}}}
    Pet:
      allOf:
        - $ref: '#/components/schemas/Base'
        - {type: object, required: [kind], properties: {name: {type: string}}}
";
    assert_eq!(line(text, "Pet"), "object; id*: string from Base; kind*: string from Base; name: string");
}

#[test]
fn s12_bounds_are_the_tightest_and_compared_exactly() {
    let text = "
    N:
      allOf:
        - {type: number, minimum: 1, maximum: 9223372036854775807}
        - {type: integer, exclusiveMinimum: 1, maximum: 9223372036854775806, multipleOf: 2}
";
    assert_eq!(line(text, "N"), "integer; 1 < x ≤ 9223372036854775806; multiple of 2");
}

#[test]
fn s12_contradictions_are_said() {
    let text = "
    A: {allOf: [{type: string}, {type: object}]}
    B: {allOf: [{enum: [a, b]}, {enum: [c]}]}
    C: {allOf: [{enum: [a, b]}, {enum: [b, c]}]}
";
    assert!(line(text, "A").contains("no value can be both string and object"), "{}", line(text, "A"));
    assert!(line(text, "B").contains("no value is in the lists of every part"));
    let loaded = Loaded::schemas_text(text);
    let values = loaded.schemas().effective(&[loaded.id("C")]).values.unwrap_or_default();
    assert_eq!(values.iter().map(|value| value.value.as_text().unwrap_or_default()).collect::<Vec<_>>(), ["b".into()]);
}

#[test]
fn s02_null_branches_become_or_null() {
    let text = "
    A: {oneOf: [{$ref: '#/components/schemas/P'}, {type: 'null'}]}
    B: {anyOf: [{type: string}, {type: 'null'}]}
    C: {type: [string, 'null'], format: date}
    D: {type: 'null'}
    P: {type: object, properties: {a: {type: string}}}
    Q: {type: object, properties: {p: {oneOf: [{$ref: '#/components/schemas/P'}, {type: 'null'}]}}}
";
    assert_eq!(line(text, "A"), "object or null; a: string");
    assert_eq!(line(text, "B"), "string or null");
    assert_eq!(line(text, "C"), "string or null · date");
    assert_eq!(line(text, "D"), "null");
    assert_eq!(line(text, "Q"), "object; p: P or null");
}

#[test]
fn s01_types_are_inferred_from_keywords_and_unions_named() {
    let text = "
    A: {properties: {a: {}}}
    B: {minLength: 2}
    C: {anyOf: [{type: string}, {type: integer}]}
    D: {type: array, items: {type: array, items: {type: string}}}
    E: {type: object, additionalProperties: {type: integer}}
    F: true
    G: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/E'}]}
";
    assert_eq!(line(text, "A"), "object; a: any value");
    assert_eq!(line(text, "B"), "string; at least 2 characters");
    assert_eq!(line(text, "C"), "string or integer");
    assert_eq!(line(text, "D"), "list of lists of string");
    assert_eq!(line(text, "E"), "map of integer");
    assert_eq!(line(text, "F"), "any value");
    assert_eq!(line(text, "G"), "A or E");
}

#[test]
fn s07_s08_s09_rules_are_words() {
    let text = "
    A: {type: integer, exclusiveMinimum: 6161, maximum: 6262}
    B: {type: string, minLength: 3, maxLength: 3, pattern: '^a'}
    C: {type: array, items: {type: string}, maxItems: 50, uniqueItems: true}
    D: {type: number, minimum: 1, maximum: 30}
    E: {type: object, minProperties: 1}
    F: {type: string, contentEncoding: base64, contentMediaType: application/json}
";
    assert_eq!(line(text, "A"), "integer; 6161 < x ≤ 6262");
    assert_eq!(line(text, "B"), "string; exactly 3 characters; pattern ^a");
    assert_eq!(line(text, "C"), "list of string; at most 50 items; unique items");
    assert_eq!(line(text, "D"), "number; 1 to 30");
    assert_eq!(line(text, "E"), "object; at least 1 field");
    assert_eq!(line(text, "F"), "string; base64 text holding application/json");
}

#[test]
fn s13_branches_are_called_what_tells_them_apart() {
    let text = "
    U:
      oneOf:
        - {title: Card, type: object, properties: {n: {type: string}}}
        - $ref: '#/components/schemas/Cash'
        - {type: object, properties: {kind: {const: wire}}}
        - {required: [iban]}
        - {type: integer, minimum: 3}
    Cash: {type: object, properties: {a: {type: string}}}
";
    let loaded = Loaded::schemas_text(text);
    let effective = loaded.schemas().effective(&[loaded.id("U")]);
    let labels: Vec<_> =
        effective.choices[0].labelled(loaded.schemas(), &effective).into_iter().map(|branch| branch.label).collect();
    assert_eq!(labels, ["Card", "Cash", "kind = wire", "with iban", "Option 5 (integer)"]);
}

#[test]
fn s15_a_base_offers_its_children_and_a_child_knows_its_value() {
    let text = "
    Pet: {type: object, required: [t], properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {kitty: '#/components/schemas/Cat'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {meow: {type: string}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
";
    let loaded = Loaded::schemas_text(text);
    let schemas = loaded.schemas();
    let pet = schemas.effective(&[loaded.id("Pet")]);
    let values: Vec<_> =
        pet.choices[0].labelled(schemas, &pet).into_iter().map(|branch| (branch.label, branch.values)).collect();
    assert_eq!(values, [("Cat".into(), vec!["kitty".into()]), ("Dog".into(), vec!["Dog".into()])]);
    let cat = schemas.effective(&[loaded.id("Cat")]);
    assert!(cat.choices.is_empty());
    assert_eq!(cat.fixed_discriminator(schemas).map(|(_, values)| values), Some(vec!["kitty".into()]));
}

#[test]
fn s05_choices_of_constants_are_annotated_values() {
    let text = "
    A: {oneOf: [{const: a, title: First}, {const: b, description: second}]}
    B: {type: string, enum: [x, y], x-enumDescriptions: {x: about x}, x-enum-varnames: [EX, WHY]}
";
    let loaded = Loaded::schemas_text(text);
    let said = |name: &str| {
        let values = loaded.schemas().effective(&[loaded.id(name)]).values.unwrap_or_default();
        let told = values.iter().map(|value| {
            let text = value.text.as_deref().or(value.prose.map(|prose| &*prose.text)).unwrap_or("");
            format!("{}|{}|{text}", value.value.as_text().unwrap_or_default(), value.label.as_deref().unwrap_or(""))
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(said("A"), ["a|First|", "b||second"]);
    assert_eq!(said("B"), ["x|EX|about x", "y|WHY|"]);
}

#[test]
fn l11_circles_end() {
    let text = "
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
    C: {allOf: [{$ref: '#/components/schemas/C'}, {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}]}
    D: {oneOf: [{$ref: '#/components/schemas/D'}, {type: string}]}
";
    assert_eq!(line(text, "C").split("; c").count(), 2);
    for name in ["A", "B", "D"] {
        line(text, name);
    }
}

#[test]
fn a_ladder_of_all_of_costs_its_length_not_its_paths() {
    let mut text = String::from("\n");
    for at in 0..60 {
        let next = format!("#/components/schemas/S{}", at + 1);
        text.push_str(&format!("    S{at}: {{allOf: [{{$ref: '{next}'}}, {{$ref: '{next}'}}]}}\n"));
    }
    text.push_str("    S60: {type: object, properties: {a: {type: string}}}\n");
    assert_eq!(line(&text, "S0"), "object; a: string from S60");
}
