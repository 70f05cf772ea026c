//! `try-it-server`: `[apis.<id>]` switches the console on where it can call no server.

use crate::diag::codes::portal::TRY_IT_SERVER;
use crate::diag::{Diagnostic, Report};
use crate::graph::Graph;
use crate::model::api::{Api, OperationKind, Server};
use crate::model::portal::Portal;
use crate::model::settings::ApiSettings;
use crate::schema::wire::server::{Reach, reach};

/// Reports every API with a console that cannot call one of its operations.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    for (id, settings) in &portal.settings.apis {
        if let Some(index) = portal.api_of_id(id).filter(|_| settings.try_it) {
            servers(portal.api(index), settings, report);
        }
    }
}

/// Reports the first list of servers that holds none that may be called; the operations of an API mostly share one.
fn servers(api: &Api, settings: &ApiSettings, report: &mut Report) {
    let sent = api.operations.iter().filter(|operation| matches!(operation.kind, OperationKind::Http { .. }));
    let lists = sent.map(|operation| operation.servers.as_deref().unwrap_or(&api.servers));
    let Some(message) = lists.into_iter().find_map(|servers| refusal(&api.id, servers, settings)) else { return };
    let problem = Diagnostic::new(TRY_IT_SERVER, settings.try_it_place.clone(), message);
    report.push(problem.help("name a server with `https://` in the description, or take `try_it` out"));
}

fn refusal(api: &str, servers: &[Server], settings: &ApiSettings) -> Option<String> {
    let base = settings.base_url.as_deref();
    let reached: Vec<Reach> = servers.iter().map(|server| reach(server, base)).collect();
    if reached.iter().any(Reach::is_callable) {
        return None;
    }
    let refused = reached.iter().flat_map(|reach| &reach.refused).next();
    Some(match refused {
        Some((url, reason)) => format!("the console of `{api}` cannot call `{url}`: {reason}"),
        None => format!("the console of `{api}` has no server to call: the description names none"),
    })
}
