//! Pages of the reference, line by line of what a consumer must see.

mod bodies;
mod links;
mod operations;
mod parameters;
mod schemas;
mod security;
