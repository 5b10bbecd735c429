#!/bin/sh
# Make the virtual environment of the checkout: `venv.sh FOLDER`, with what installer/requirements.lock pins.
#
# PYTHON chooses the interpreter; otherwise the first of 3.11, 3.12, 3.13 that runs. pip is used as it is configured.
set -eu
folder=$1
here=$(cd "$(dirname "$0")" && pwd)

# A launcher may exist and still refuse to start its Python, so each candidate is run.
serves() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

python=
for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
    if serves "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "Python 3.11, 3.12 or 3.13 is needed${PYTHON:+; $PYTHON is none of them}." >&2
    echo "On Debian 12: apt-get install python3 python3-venv" >&2
    exit 1
fi

# Debian keeps the maker of environments apart from Python.
if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "$python cannot make virtual environments. Please run: sudo apt-get install $package" >&2
        exit 1
    fi
    echo "Installing Debian package: $package"
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$package"
fi

echo "Making $folder with $("$python" --version)"
rm -rf "$folder"
"$python" -m venv "$folder"
"$folder/bin/python" -m pip install -qq --disable-pip-version-check --no-warn-script-location \
    --only-binary=:all: --require-hashes -r "$here/requirements.lock"
