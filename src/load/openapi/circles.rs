//! Circles of schemas: those that never reach a definition are cut and reported, the others are legal.
//!
//! Works on the finished arena, in time linear in its size.

use super::lift::Lifter;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Problem, Schema, SchemaId};
use crate::model::node::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Now,
    Done,
}

impl Lifter<'_> {
    /// Cuts circles and overlong chains of references, and reports schemas that include themselves.
    pub fn cut_circles(&mut self) {
        self.cut_reference_circles();
        self.cut_long_chains();
        self.report_inclusion_circles();
    }

    fn next(&self, id: usize) -> Option<usize> {
        let reference = self.schemas[id].reference.as_ref()?;
        reference.target.map(|SchemaId(target)| target as usize)
    }

    fn cut_reference_circles(&mut self) {
        let mut seen = vec![Seen::Not; self.schemas.len()];
        for start in 0..self.schemas.len() {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(id) = at.filter(|id| seen[*id] == Seen::Not) {
                seen[id] = Seen::Now;
                path.push(id);
                at = self.next(id);
            }
            if let Some(id) = at.filter(|id| seen[*id] == Seen::Now) {
                let begin = path.iter().position(|member| *member == id).unwrap_or(0);
                self.cut_circle(&path[begin..]);
            }
            for id in path {
                seen[id] = Seen::Done;
            }
        }
    }

    fn cut_circle(&mut self, members: &[usize]) {
        let chain: Vec<(Text, Span)> = members
            .iter()
            .filter_map(|id| {
                let schema = &self.schemas[*id];
                Some((schema.reference.as_ref()?.written.clone(), schema.span))
            })
            .collect();
        let span = chain.first().map_or_else(Span::default, |(_, span)| *span);
        let problem = self.circle(&chain, span);
        for id in members {
            let schema = &mut self.schemas[*id];
            cut(schema, &problem);
        }
    }

    fn cut_long_chains(&mut self) {
        let limit = self.limits.reference_chain;
        let mut length: Vec<u32> = vec![0; self.schemas.len()];
        for start in 0..self.schemas.len() {
            let mut path = Vec::new();
            let mut at = Some(start);
            while let Some(id) = at.filter(|id| length[*id] == 0) {
                path.push(id);
                at = self.next(id);
            }
            let mut behind = at.map_or(0, |id| length[id]);
            while let Some(id) = path.pop() {
                if behind as usize > limit {
                    let problem = self.chain_too_long(self.schemas[id].span);
                    cut(&mut self.schemas[id], &problem);
                    behind = 0;
                }
                behind += 1;
                length[id] = behind;
            }
        }
    }

    /// `allOf` that leads back to the schema itself demands what it says for ever; a page shows it once.
    fn report_inclusion_circles(&mut self) {
        let mut seen = vec![Seen::Not; self.schemas.len()];
        let mut found = Vec::new();
        for start in 0..self.schemas.len() {
            if seen[start] != Seen::Not {
                continue;
            }
            seen[start] = Seen::Now;
            let mut stack = vec![(start, 0)];
            while let Some((id, edge)) = stack.last_mut() {
                let Some(next) = included(&self.schemas[*id], *edge) else {
                    seen[*id] = Seen::Done;
                    stack.pop();
                    continue;
                };
                *edge += 1;
                match seen[next] {
                    Seen::Not => {
                        seen[next] = Seen::Now;
                        stack.push((next, 0));
                    }
                    Seen::Now => found.push(next),
                    Seen::Done => {}
                }
            }
        }
        for id in found {
            let message = "this schema includes itself by `allOf`";
            let span = self.schemas[id].span;
            let diagnostic = self.report(codes::CIRCULAR_REFERENCE, span, message);
            diagnostic.help = Some("remove the reference that leads back".into());
        }
    }
}

fn cut(schema: &mut Schema, problem: &Problem) {
    if let Some(reference) = &mut schema.reference {
        reference.target = None;
    }
    schema.problem = Some(Box::new(problem.clone()));
}

/// Returns the schema behind the n-th edge that means "and all of that too".
fn included(schema: &Schema, edge: usize) -> Option<usize> {
    let target = schema.reference.as_ref().and_then(|reference| reference.target);
    let branches = schema.composition.as_ref().map_or(&[][..], |composition| &composition.all_of);
    let id = match (target, edge) {
        (Some(target), 0) => target,
        (Some(_), edge) => *branches.get(edge - 1)?,
        (None, edge) => *branches.get(edge)?,
    };
    Some(id.0 as usize)
}
