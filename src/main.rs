//! The binary `simulate`: arguments in, exit code out.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
