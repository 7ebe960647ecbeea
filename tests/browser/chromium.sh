#!/bin/sh
# Prints the path of a Chromium to test with: the one that CHROMIUM names, the one on the machine, Debian's package, or
# Playwright's own download, in that order. What it installs, it says on standard error.
# Usage: chromium.sh PYTHON
set -eu

if [ -n "${CHROMIUM:-}" ]; then
  echo "$CHROMIUM"
  exit 0
fi

on_the_machine() {
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

on_the_machine && exit 0

if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo -n"; fi
  echo "No Chromium here: installing Debian's package." >&2
  if { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >&2; then
    on_the_machine && exit 0
  fi
fi

echo "No Chromium from Debian: downloading Playwright's." >&2
"$1" -m playwright install chromium >&2
"$1" -c 'from playwright.sync_api import sync_playwright as p
with p() as playwright: print(playwright.chromium.executable_path)'
