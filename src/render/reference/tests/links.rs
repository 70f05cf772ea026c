//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

#[test]
fn k01_k02_links_callbacks_and_webhooks_are_joined_on_both_sides() {
    let site = Site::new(
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: begin
      summary: Begin
      responses: {'201': {description: d, links: {self: {operationId: read}, again: {operationId: read}, stop: {operationId: stop}}}}
      callbacks: {order.updated: {'{$request.body#/url}': {post: {summary: Updated, responses: {}}}}}
  /a/{id}:
    get: {operationId: read, summary: Read it, responses: {}}
    delete: {operationId: stop, summary: Stop it, responses: {}}
webhooks: {orderUpdated: {post: {summary: Order updated, responses: {}}}}",
    );
    let related = |url: &str| {
        let html = site.html(url);
        html.split("id=\"related\"").nth(1).unwrap_or_default().split("</section>").next().unwrap().to_owned()
    };
    let begin = related("operations/begin/");
    assert_in_order(
        &begin,
        &[
            "After this call you can",
            "href=\"../read/\"",
            ">Read it</",
            "href=\"../stop/\"",
            ">Stop it</",
            "This operation may call you",
            "href=\"#callback-order.updated\"",
            ">order.updated</",
            "webhooks/",
            ">Order updated</",
        ],
    );
    assert_eq!(begin.matches("../read/\"").count(), 1, "{begin}");
    assert_in_order(&related("operations/read/"), &["Reached from", "href=\"../begin/\"", ">Begin</"]);
    assert_in_order(&related("webhooks/order-updated/"), &["Sent after", "operations/begin/\"", ">Begin</"]);
}
