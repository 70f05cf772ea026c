//! x
use super::{context::Context,Done,Failure};
#[derive(Debug, clap::Args)]
pub struct Arguments { a: String }
pub fn run(_: &Arguments, _: &Context) -> Result<Done, Failure> { let _ = (); Ok(Done::Clean) }
