#!/usr/bin/env bash
# Makes the README's pictures, tests/data/pictures, anew from the real windows.
#
#   tests/wizard/pictures.sh BUILD_FOLDER
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${1:?usage: pictures.sh BUILD_FOLDER}" && pwd)
command -v convert >/dev/null || { echo "pictures.sh: convert is missing (apt install imagemagick)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
QT_QPA_PLATFORM=offscreen "$build/tests/wizard_screenshots" "$work" en-light zh_CN-dark

into=tests/data/pictures
mkdir -p "$into"
take() { # PICTURE NAME
    cp "$work/$1-1x.png" "$into/$2.png"
}
take 1-start-practice-en-light start
take 3-probe-en-light probe
take 4-topology-folded-en-light topology
take 9-explore-what-if-en-light what-if
take 9-explore-advice-en-light advice
take 6-review-en-light review
take 7-install-running-en-light install
take 8-hand-over-en-light hand-over
take 4-topology-folded-zh_CN-dark topology-zh-dark
# Few colours stand on each: with a palette a picture is a third as large.
for picture in "$into"/*.png; do
    convert "$picture" +dither -colors 256 -strip "PNG8:$picture"
done
du -cb "$into"/*.png | tail -n 1
