//! `error:` references: rows of the pages about errors.

use std::collections::BTreeMap;

use super::References;
use crate::graph::target::Target;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};
use crate::schema::errors::Errors;
use crate::schema::{Index, Schemas};

/// Every name that an error has in the current APIs. Made when the first reference asks for one.
#[derive(Debug, Default)]
pub(super) struct ErrorNames {
    /// Name → the APIs that have it.
    names: BTreeMap<String, Vec<(ApiIndex, Subject)>>,
    anchors: BTreeMap<(ApiIndex, String), String>,
}

impl ErrorNames {
    fn new(portal: &Portal) -> ErrorNames {
        let mut names = ErrorNames::default();
        for (at, edition) in portal.current_apis() {
            let index = Index::new(&edition.api);
            let errors = Errors::new(Schemas { api: &edition.api, index: &index });
            for (name, anchor) in errors.names() {
                names.names.entry(name.clone()).or_default().push((at, Subject::Errors(at)));
                names.anchors.insert((at, name), anchor);
            }
        }
        names
    }
}

impl References {
    /// Resolves `card_declined`, `payments/card_declined`, the URI of a problem type or its last part, and `404`.
    pub(super) fn error(&self, portal: &Portal, name: &str, api: Option<ApiIndex>) -> Target {
        let errors = self.errors.get_or_init(|| ErrorNames::new(portal));
        let name = name.trim();
        let target = self.named("error", &errors.names, name, api);
        let Target::Page { subject: Subject::Errors(of), .. } = target else { return target };
        let own = name.split_once('/').map_or(name, |(_, rest)| rest);
        let anchor = [name, own].iter().find_map(|name| errors.anchors.get(&(of, (*name).to_owned())));
        Target::Page { subject: Subject::Errors(of), anchor: anchor.cloned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourcePath;
    use crate::graph::Graph;
    use crate::source::SourceTree;
    use crate::{Memo, Options};

    fn description(codes: &str) -> String {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'402': {{description: d, \
             content: {{application/json: {{schema: {{type: object, properties: {{code: {{enum: [{codes}]}}}}}}}}}}}}}}}}}}}}"
        )
    }

    #[test]
    fn an_error_is_named_by_its_code_and_a_wrong_one_names_the_nearest() {
        let (pay, ship) = (description("card_declined, late, 'https://e.test/p/no-funds'"), description("late, lost"));
        let tree = SourceTree::of("t", &[("apis/pay/openapi.yaml", &pay), ("apis/ship/openapi.yaml", &ship)]);
        let portal = crate::build(&tree, &Options::default(), &Memo::default()).portal;
        let graph = Graph::new(&portal);
        let resolve = |written: &str, api: Option<u32>| {
            let from = SourcePath::new("guides/a.md");
            match graph.references.resolve(&portal, &from, api.map(ApiIndex), written) {
                Target::Page { subject: Subject::Errors(api), anchor } => {
                    format!("{} {}", portal.api(api).id, anchor.unwrap_or_default())
                }
                Target::Broken(broken) => format!("{} ({})", broken.message, broken.help.unwrap_or_default()),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(resolve("error:card_declined", None), "pay error-card_declined");
        assert_eq!(resolve("error:late", Some(1)), "ship error-late");
        assert_eq!(resolve("error:pay/late", Some(1)), "pay error-late");
        assert_eq!(
            resolve("error:late", None),
            "2 APIs have error `late` (name the API before it: `pay/late`, `ship/late`)"
        );
        assert_eq!(resolve("error:no-funds", None), "pay error-no-funds");
        assert_eq!(resolve("error:https://e.test/p/no-funds", None), "pay error-no-funds");
        assert_eq!(resolve("error:ship/402", None), "ship status-402");
        assert_eq!(resolve("error:card_declind", None), "no error `card_declind` (did you mean `card_declined`?)");
        assert_eq!(resolve("error:pay/latte", None), "no error `latte` (did you mean `late`?)");
    }
}
