//! `portolan explain`.

use clap::Args;

use super::context::Context;
use super::{Done, Failure, answer};
use crate::diag::{Code, codes};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The diagnostic's code, such as `broken-link`; without it every code is listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Done, Failure> {
    let Some(name) = &arguments.code else {
        let all = codes::all();
        let width = all.iter().map(|code| code.name.len()).max().unwrap_or(0);
        let line = |code: &&Code| format!("{:width$}  {:7}  {}\n", code.name, code.severity.word(), code.what);
        answer(&all.iter().map(line).collect::<String>())?;
        return Ok(Done::Clean);
    };
    let code = codes::find(name).ok_or_else(|| unknown(name))?;
    answer(&format!("{}[{}]\n\n{}\n\n{}\n", code.severity.word(), code.name, code.what, code.mend))?;
    Ok(Done::Clean)
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(anyhow::anyhow!("there is no diagnostic `{name}`"));
    let nearest = codes::all().into_iter().map(|code| (strsim::damerau_levenshtein(code.name, name), code.name)).min();
    match nearest {
        Some((distance, nearest)) if distance <= name.len().div_ceil(3).max(2) => {
            failure.help(format!("did you mean `{nearest}`?"))
        }
        _ => failure.help("`portolan explain` lists every code"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_code_gives_the_nearest_one() {
        assert_eq!(unknown("brokn-link").help.unwrap(), "did you mean `broken-link`?");
        assert_eq!(unknown("zzzzzz").help.unwrap(), "`portolan explain` lists every code");
    }
}
