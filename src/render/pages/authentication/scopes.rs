//! The scopes and roles of a scheme: a table for each set of flows that offer the same, and all of them against the
//! operations that need them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::needs::{Need, Needs, UserKind};
use crate::model::api::{OAuthFlow, SecurityKind, SecurityScheme};
use crate::model::route::Subject;
use crate::render::pages::operations::{Budget, OperationLinks, Row};
use crate::render::reference::Reference;
use crate::render::reference::security::scheme_anchor;
use crate::schema::anchor;

/// Rows of the matrix from which on it is folded.
const FOLDED: usize = 20;
/// Columns and filled cells that a matrix may have: what is larger helps nobody, and the tables say the same.
const COLUMNS: usize = 40;
const CELLS: usize = 1_500;
/// Operations and tags that the tables may link to before they only count them.
const LINKS: usize = 1_500;

/// A list of scopes or roles.
#[derive(Debug, Serialize)]
pub struct ScopeTable {
    /// `Scopes` or `Roles`, and of which flows.
    pub title: String,
    /// The rows.
    pub scopes: Vec<Scope>,
}

/// One scope or role.
#[derive(Debug, Serialize)]
pub struct Scope {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub text: String,
    /// Who needs it; `None` when an earlier row of the same scope says so.
    pub users: Option<OperationLinks>,
    /// The earlier row of the same scope.
    pub above: Option<String>,
}

/// Operations against scopes.
#[derive(Debug, Serialize)]
pub struct Matrix {
    /// The columns.
    pub scopes: Vec<String>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
    /// Folded at first.
    pub folded: bool,
}

/// One row.
#[derive(Debug, Serialize)]
pub struct MatrixRow {
    /// Who.
    pub user: Row,
    /// One for each column.
    pub cells: Vec<Option<Cell>>,
}

/// One filled cell.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// Where it leads: the operation.
    pub href: String,
    /// `needs`, or `may need` when there is another way.
    pub word: &'static str,
}

/// Returns the tables of a scheme: one for each list of scopes that flows declare, one for what only operations name.
/// The flows are told which table is theirs.
pub fn tables(reference: &mut Reference<'_>, at: usize, needs: &Needs) -> (Vec<ScopeTable>, Vec<usize>) {
    let api = reference.api;
    let scheme = &api.security_schemes[at];
    let flows: &[OAuthFlow] = if let SecurityKind::OAuth2 { flows, .. } = &scheme.kind { flows } else { &[] };
    let mut lists: Vec<(&OAuthFlow, Vec<&str>)> = Vec::new();
    let mut table_of = Vec::new();
    for flow in flows {
        let same = lists.iter().position(|(known, _)| known.scopes == flow.scopes);
        table_of.push(same.unwrap_or(lists.len()));
        match same {
            Some(known) => lists[known].1.push(&flow.name),
            None => lists.push((flow, vec![&flow.name])),
        }
    }
    let several = lists.len() > 1;
    let mut writer = Writer { needs, scheme, at, rows_of: HashMap::new(), budget: Budget::new(LINKS) };
    let mut tables: Vec<ScopeTable> = Vec::new();
    for (flow, names) in &lists {
        let title = if several { format!("Scopes of {}", names.join(" and ")) } else { "Scopes".to_owned() };
        let scopes = flow.scopes.iter().map(|(name, text)| writer.row(reference, name, text)).collect();
        tables.push(ScopeTable { title, scopes });
    }
    let rest: Vec<&String> = needs.schemes[at].scopes.iter().map(|(name, _)| name).collect();
    let rest: Vec<&String> = rest.into_iter().filter(|name| !writer.rows_of.contains_key(*name)).collect();
    let title = match (&scheme.kind, flows.is_empty()) {
        (SecurityKind::OAuth2 { .. }, false) => "Scopes that no flow declares",
        (SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. }, _) => "Scopes",
        _ => "Roles",
    };
    let scopes = rest.into_iter().map(|name| writer.row(reference, name, "")).collect();
    tables.push(ScopeTable { title: title.into(), scopes });
    (tables, table_of)
}

struct Writer<'n> {
    needs: &'n Needs,
    scheme: &'n SecurityScheme,
    at: usize,
    rows_of: HashMap<String, String>,
    budget: Budget,
}

impl Writer<'_> {
    fn row(&mut self, reference: &mut Reference<'_>, name: &str, text: &str) -> Scope {
        let id = reference.id(&anchor::join(&scheme_anchor(self.scheme), name));
        let above = self.rows_of.get(name).cloned();
        let list = self.needs.schemes[self.at].scopes.iter().find(|(known, _)| known == name);
        let list = list.map_or(&[][..], |(_, list)| list);
        let users = above.is_none().then(|| users(reference, self.needs, list, &mut self.budget));
        self.rows_of.entry(name.to_owned()).or_insert_with(|| id.clone());
        Scope { id, name: name.to_owned(), text: text.to_owned(), users, above }
    }
}

fn users(reference: &Reference<'_>, needs: &Needs, list: &[Need], budget: &mut Budget) -> OperationLinks {
    let operations: Vec<u32> = list
        .iter()
        .map(|need| &needs.users[need.user])
        .filter(|user| !matches!(user.kind, UserKind::Callback(..)))
        .map(|user| user.operation)
        .collect();
    let mut links = OperationLinks::new(reference, &operations, budget);
    let callbacks = list.iter().filter(|need| matches!(needs.users[need.user].kind, UserKind::Callback(..)));
    links.rows.extend(callbacks.filter_map(|need| row(reference, needs, need.user)));
    links.count = list.len();
    links
}

/// A link to who needs something.
fn row(reference: &Reference<'_>, needs: &Needs, user: usize) -> Option<Row> {
    let user = &needs.users[user];
    let link = reference.context.link(Subject::Operation(reference.at, user.operation))?;
    Some(match &user.kind {
        UserKind::Operation | UserKind::Webhook => Row { title: link.title, href: link.href },
        UserKind::Callback(name, anchor) => {
            Row { title: format!("{name}, callback of {}", link.title), href: format!("{}#{anchor}", link.href) }
        }
    })
}

/// Returns the scopes of a scheme against who needs them; `None` when one table says as much, or nobody could read it.
pub fn matrix(reference: &Reference<'_>, at: usize, needs: &Needs) -> Option<Matrix> {
    let scopes = &needs.schemes[at].scopes;
    let filled: usize = scopes.iter().map(|(_, list)| list.len()).sum();
    if scopes.len() < 2 || scopes.len() > COLUMNS || filled > CELLS {
        return None;
    }
    let users: BTreeSet<usize> = scopes.iter().flat_map(|(_, list)| list).map(|need| need.user).collect();
    let columns: Vec<BTreeMap<usize, bool>> =
        scopes.iter().map(|(_, list)| list.iter().map(|need| (need.user, need.always)).collect()).collect();
    let matrix_row = |user: usize| {
        let row = row(reference, needs, user)?;
        let cell = |column: &BTreeMap<usize, bool>| {
            let word = if *column.get(&user)? { "needs" } else { "may need" };
            Some(Cell { href: row.href.clone(), word })
        };
        Some(MatrixRow { cells: columns.iter().map(cell).collect(), user: row })
    };
    let rows: Vec<MatrixRow> = users.into_iter().filter_map(matrix_row).collect();
    let folded = rows.len() > FOLDED;
    (rows.len() > 1).then(|| Matrix { scopes: scopes.iter().map(|(name, _)| name.clone()).collect(), rows, folded })
}
