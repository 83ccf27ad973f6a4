//! The program: arguments in, exit code out.

use std::process::ExitCode;

// a page is a hundred thousand small texts: the system's allocator takes a fifth of the time
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    storelint::cli::main()
}
