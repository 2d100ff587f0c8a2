#!/bin/sh
# The desktop file, the AppStream metadata and the icons are valid and fit each other.
set -eu
cd "$(dirname "$0")/../.."
for tool in desktop-file-validate appstreamcli; do
    command -v "$tool" >/dev/null || { echo "needs $tool"; exit 77; }
done
desktop-file-validate resources/desktop/finclip-deploy.desktop
appstreamcli validate --no-net --strict resources/desktop/finclip-deploy.metainfo.xml

icon=$(sed -n 's/^Icon=//p' resources/desktop/finclip-deploy.desktop)
[ -s "resources/icons/$icon.svg" ]
[ -s "resources/desktop/$icon-symbolic.svg" ]
version=$(sed -n 's/^project(finclip-deploy VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
grep -q "<release version=\"$version\"" resources/desktop/finclip-deploy.metainfo.xml || {
    echo "the metadata does not name release $version"
    exit 1
}
for svg in resources/icons/*.svg resources/desktop/*.svg; do
    grep -q '<svg ' "$svg"
    # Drawn by us alone: nothing is loaded, linked or run.
    if grep -qiE '<image|<script|href|url\(' "$svg"; then
        echo "$svg refers to something outside"
        exit 1
    fi
done
