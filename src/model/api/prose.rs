//! Every CommonMark text of an API, for whoever must know all links and images in them.

use super::{
    Api, Encoding, Example, ExternalDocs, Link, MediaType, Operation, Parameter, Prose, RequestBody, Response, Server,
};

impl Api {
    /// Returns every CommonMark text of the description, in no particular order. A part that is shared stands once for
    /// each of its users.
    pub fn prose(&self) -> Vec<&Prose> {
        let mut all: Vec<&Prose> = self.info.description.iter().collect();
        of_docs(&self.external_docs, &mut all);
        of_servers(&self.servers, &mut all);
        for tag in &self.tags {
            all.extend(&tag.description);
            of_docs(&tag.external_docs, &mut all);
        }
        for schema in &self.schemas {
            all.extend(&schema.description);
            if let Some(rare) = &schema.rare {
                of_docs(&rare.external_docs, &mut all);
            }
        }
        all.extend(self.security_schemes.iter().filter_map(|scheme| scheme.description.as_ref()));
        self.operations.iter().for_each(|operation| of_operation(operation, &mut all));
        all
    }
}

fn of_docs<'a>(docs: &'a Option<ExternalDocs>, all: &mut Vec<&'a Prose>) {
    all.extend(docs.iter().filter_map(|docs| docs.description.as_ref()));
}

fn of_servers<'a>(servers: &'a [Server], all: &mut Vec<&'a Prose>) {
    for server in servers {
        all.extend(&server.description);
        all.extend(server.variables.iter().filter_map(|variable| variable.description.as_ref()));
    }
}

fn of_operation<'a>(operation: &'a Operation, all: &mut Vec<&'a Prose>) {
    all.extend(operation.description.iter().chain(&operation.shared_description));
    of_docs(&operation.external_docs, all);
    of_servers(operation.servers.as_deref().unwrap_or(&[]), all);
    of_parameters(&operation.parameters, all);
    operation.request_body.iter().for_each(|body| of_body(body, all));
    operation.responses.iter().for_each(|response| of_response(response, all));
    for callback in &operation.callbacks {
        callback.operations.iter().for_each(|operation| of_operation(operation, all));
    }
}

fn of_parameters<'a>(parameters: &'a [Parameter], all: &mut Vec<&'a Prose>) {
    for parameter in parameters {
        all.extend(&parameter.description);
        of_content(&parameter.content, all);
        of_examples(&parameter.examples, all);
    }
}

fn of_body<'a>(body: &'a RequestBody, all: &mut Vec<&'a Prose>) {
    all.extend(&body.description);
    of_content(&body.content, all);
}

fn of_response<'a>(response: &'a Response, all: &mut Vec<&'a Prose>) {
    all.extend(&response.description);
    of_parameters(&response.headers, all);
    of_content(&response.content, all);
    response.links.iter().for_each(|link| of_link(link, all));
}

fn of_link<'a>(link: &'a Link, all: &mut Vec<&'a Prose>) {
    all.extend(&link.description);
    of_servers(link.server.as_slice(), all);
}

fn of_content<'a>(content: &'a [MediaType], all: &mut Vec<&'a Prose>) {
    for media in content {
        of_examples(&media.examples, all);
        let item = media.item_encoding.as_deref();
        media.encoding.iter().chain(&media.prefix_encoding).chain(item).for_each(|encoding| of_encoding(encoding, all));
    }
}

fn of_encoding<'a>(encoding: &'a Encoding, all: &mut Vec<&'a Prose>) {
    of_parameters(&encoding.headers, all);
    let item = encoding.item_encoding.as_deref();
    encoding.encoding.iter().chain(&encoding.prefix_encoding).chain(item).for_each(|inner| of_encoding(inner, all));
}

fn of_examples<'a>(examples: &'a [Example], all: &mut Vec<&'a Prose>) {
    all.extend(examples.iter().filter_map(|example| example.description.as_ref()));
}
