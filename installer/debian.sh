#!/bin/sh
# Install the Debian packages of one purpose when they are missing: `debian.sh window` or `debian.sh tests`.
#
# As root they are installed. Otherwise a sentence names them; `window` then fails, because nothing would start,
# and `tests` fails only in CI, because elsewhere the tests that need a missing tool skip and say so.
# On systems without dpkg nothing is checked.
set -eu

# Offscreen and a real X11 window (Qt 6), then what the tests drive and compare with.
window="libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
tests="libreoffice-writer libreoffice-calc age strace openssh-client poppler-utils xvfb xauth xdotool"

case "${1:-}" in
    window) wanted=$window ;;
    tests) wanted=$tests ;;
    *) echo "usage: debian.sh window|tests" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null 2>&1 || exit 0

# Debian 13 renamed some libraries to NAMEt64 and lets them answer to the old name.
installed() {
    for name in "$1" "$1t64"; do
        case "$(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null)" in ii*) return 0 ;; esac
    done
    return 1
}

missing=
for package in $wanted; do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "These Debian packages are missing:$missing" >&2
    echo "Please run: sudo apt-get install --no-install-recommends$missing" >&2
    [ "$1" = tests ] && [ "${CI:-}" != true ] && exit 0
    exit 1
fi

echo "Installing Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# shellcheck disable=SC2086 -- one word for each package
apt-get -qq install -y --no-install-recommends $missing
