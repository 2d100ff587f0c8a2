#!/bin/sh
# Installs what is missing, builds, and starts the wizard. Where no display is, it does the whole practice
# job on the command line and says where the report lies.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/app/install_packages.sh" "$root/app/packages.txt"

build=$root/build
cmake -S "$root" -B "$build" -G Ninja -DFINCLIP_TESTS=OFF -DFINCLIP_WERROR=OFF >/dev/null
cmake --build "$build"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$build/app/finclip-deploy" "$@"
fi
folder=$(mktemp -d)/practice
echo "No display: doing the practice job on the command line."
"$build/app/finclip-deployctl" practice "$folder" --scenario single-ok
echo "Its project folder, with the report in reports/: $folder"
