# What a developer runs; `just ready` is the whole of CI.
set shell := ["bash", "-euo", "pipefail", "-c"]

# list the recipes
default:
    @just --list

# everything that must hold before a change lands
ready:
    .ci/run

# every test
test:
    cargo test --locked

# the same, faster, where cargo-nextest is installed
nextest:
    cargo nextest run --locked

# the built-in pack's own tests, and the lines that none of them needs
rules:
    cargo run --quiet --locked -- test --mutants

# write snapshots and generated files anew; look at the difference before committing
bless:
    STORELINT_BLESS=1 INSTA_UPDATE=always cargo test --locked

# benchmarks, side by side in one run
bench:
    cargo bench --locked

# fuzz one target for a minute: page, layout, decoded, json_ld, words_of_rules, pack, config
fuzz target:
    cargo fuzz run --sanitizer none {{target}} -- -max_total_time=60
