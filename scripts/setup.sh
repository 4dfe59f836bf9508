#!/usr/bin/env bash
# Brings what is missing: the named commands (Debian packages of the same name) and the npm packages of the lock file.
# Says what it installs; where it may not, it names the command to type. Usage: setup.sh COMMAND…
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."

missing=()
for name in "$@"; do
  command -v "$name" >/dev/null 2>&1 || missing+=("$name")
done

if [[ ${#missing[@]} -gt 0 ]]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing: ${missing[*]}. Install them with your system's package manager (brew install ${missing[*]})." >&2
    exit 3
  fi
  as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      echo "missing: ${missing[*]}. Install them with: sudo apt-get install -y ${missing[*]}" >&2
      exit 3
    fi
    as_root=(sudo -n)
  fi
  echo "installing Debian packages: ${missing[*]}" >&2
  ${as_root[@]+"${as_root[@]}"} apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive ${as_root[@]+"${as_root[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# npm leaves a copy of the lock file behind: as long as it is newer, the packages are those of the lock file.
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  echo "installing npm packages of package-lock.json" >&2
  npm ci --no-fund --no-audit --loglevel=error >&2
fi
