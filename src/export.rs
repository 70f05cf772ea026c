//! The site for machines and hosts: the manifest of pages, redirects, headers, the API catalog, bundled descriptions,
//! requests for other tools.

pub mod catalog;
pub mod downloads;
pub mod fragment;
pub mod hosting;
pub mod llms;
pub mod manifest;
pub mod requests;
pub mod syndication;
pub mod twin;
