#!/usr/bin/env bash
# Builds wheel and sdist into dist/, installs the wheel without any extra into a fresh environment of
# each Python that is found, and drives it there (deploy/smoke.py). `make release` runs it.
#
#   deploy/check_wheel.sh [PYTHON …]     such as python3.12; by default each of 3.11 to 3.14
set -euo pipefail
cd "$(dirname "$0")/.."
builder=${BUILDER:-.venv/bin/python}
rm -rf dist
"$builder" -m build --no-isolation --outdir dist . >/dev/null
wheel=$(echo dist/*.whl)
"$builder" deploy/same_files.py "$wheel" dist/*.tar.gz

pythons=("$@")
[ "$#" -gt 0 ] || pythons=(python3.11 python3.12 python3.13 python3.14)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tried=0
for python in "${pythons[@]}"; do
  if ! command -v "$python" >/dev/null; then
    [ "$#" -eq 0 ] || { echo "$python is not there" >&2; exit 1; }
    echo "$python: not on this machine, not tried"
    continue
  fi
  "$python" -m venv "$folder/$python"
  "$folder/$python/bin/pip" install --quiet --disable-pip-version-check "$wheel"
  "$folder/$python/bin/python" deploy/smoke.py
  rm -rf "${folder:?}/$python"
  tried=$((tried + 1))
done
[ "$tried" -gt 0 ] || { echo "no Python was there to try it with" >&2; exit 1; }
echo "dist/ holds what was tried with $tried Python(s)"
