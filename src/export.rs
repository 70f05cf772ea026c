//! The site for machines and hosts: the manifest of pages, redirects, headers, the API catalog, bundled descriptions.

pub mod catalog;
pub mod description;
pub mod hosting;
pub mod manifest;
pub mod syndication;
