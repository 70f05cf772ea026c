//! Pages of the reference, line by line of what a consumer must see.

mod bodies;
mod callbacks;
mod examples;
mod kept;
mod links;
mod operations;
mod parameters;
mod rules;
mod schemas;
mod security;
mod structure;
