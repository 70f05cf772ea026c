//! Who needs which scheme and scope: operations, and what operations call back.

use std::collections::HashMap;

use crate::model::api::{Operation, OperationKind, SecurityRequirement};
use crate::render::reference::Reference;
use crate::schema::anchor;

/// Callbacks of callbacks are looked into this deep.
const DEPTH: usize = 4;

/// Somebody who needs authentication.
#[derive(Debug)]
pub struct User {
    /// The operation: index into the API's operations.
    pub operation: u32,
    /// What it is.
    pub kind: UserKind,
}

/// What somebody who needs authentication is.
#[derive(Debug, PartialEq, Eq)]
pub enum UserKind {
    /// An operation that consumers call.
    Operation,
    /// A webhook.
    Webhook,
    /// A callback of the operation: its name, and its anchor on the operation's page.
    Callback(String, String),
}

/// One scope or role that a user needs.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// Index into [`Needs::users`].
    pub user: usize,
    /// False when the user has another way that does without it.
    pub always: bool,
}

/// What is needed of one scheme.
#[derive(Debug, Default)]
pub struct SchemeNeeds {
    /// Who may use it: indices into [`Needs::users`].
    pub users: Vec<usize>,
    /// Scopes or roles in order of first use, with who needs them.
    pub scopes: Vec<(String, Vec<Need>)>,
    at: HashMap<String, usize>,
}

/// What everybody needs, gathered in one pass.
#[derive(Debug, Default)]
pub struct Needs {
    /// Everybody, in document order.
    pub users: Vec<User>,
    /// By scheme.
    pub schemes: Vec<SchemeNeeds>,
    /// Operations that can be called without authentication.
    pub open: Vec<u32>,
}

impl Needs {
    /// Looks at every operation and its callbacks.
    pub fn of<'a>(reference: &Reference<'a>) -> Needs {
        let api = reference.api;
        let mut needs = Needs::default();
        needs.schemes.resize_with(api.security_schemes.len(), SchemeNeeds::default);
        for (at, operation) in api.operations.iter().enumerate() {
            let at = at as u32;
            let requirements = reference.requirements(operation).unwrap_or(&[]);
            let is_http = matches!(operation.kind, OperationKind::Http { .. });
            let optional = requirements.iter().any(|requirement| requirement.schemes.is_empty());
            if is_http && (requirements.is_empty() || optional) {
                needs.open.push(at);
            }
            let kind = if is_http { UserKind::Operation } else { UserKind::Webhook };
            needs.add(User { operation: at, kind }, requirements);
            needs.callbacks(at, operation, "callback", 0);
        }
        needs
    }

    fn callbacks(&mut self, at: u32, operation: &Operation, prefix: &str, depth: usize) {
        for callback in &operation.callbacks {
            let id = anchor::join(prefix, &callback.name);
            for inner in &callback.operations {
                let kind = UserKind::Callback(callback.name.to_string(), id.clone());
                self.add(User { operation: at, kind }, inner.security.as_deref().unwrap_or(&[]));
                if depth < DEPTH {
                    self.callbacks(at, inner, &format!("{id}-callback"), depth + 1);
                }
            }
        }
    }

    fn add(&mut self, user: User, requirements: &[SecurityRequirement]) {
        let number = self.users.len();
        let mut needed = false;
        for required in requirements.iter().flat_map(|requirement| &requirement.schemes) {
            let Some(at) = required.scheme.map(|at| at as usize).filter(|at| *at < self.schemes.len()) else {
                continue;
            };
            needed = true;
            let scheme = &mut self.schemes[at];
            if scheme.users.last() != Some(&number) {
                scheme.users.push(number);
            }
            for scope in &required.scopes {
                scheme.need(scope, number, is_always(requirements, at, scope));
            }
        }
        if needed {
            self.users.push(user);
        }
    }
}

impl SchemeNeeds {
    fn need(&mut self, scope: &str, user: usize, always: bool) {
        let at = match self.at.get(scope) {
            Some(&at) => at,
            None => {
                self.at.insert(scope.to_owned(), self.scopes.len());
                self.scopes.push((scope.to_owned(), Vec::new()));
                self.scopes.len() - 1
            }
        };
        let list = &mut self.scopes[at].1;
        if list.last().is_none_or(|last| last.user != user) {
            list.push(Need { user, always });
        }
    }
}

/// True when every alternative asks for the scope of the scheme.
fn is_always(requirements: &[SecurityRequirement], scheme: usize, scope: &str) -> bool {
    requirements.iter().all(|requirement| {
        let mut schemes = requirement.schemes.iter().filter(|required| required.scheme == Some(scheme as u32));
        schemes.any(|required| required.scopes.iter().any(|known| **known == *scope))
    })
}
