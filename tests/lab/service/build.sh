#!/bin/sh
# build.sh SOURCES OUT VERSION: compiles the business service on Debian 12. Needs the packages named in build_packages.
set -eu
# shellcheck disable=SC2046  # flags are words
g++ -std=c++20 -O2 -s -Wall -Wextra -Wpedantic -Wshadow -Werror -ffile-prefix-map="$1"=. -DSERVICE_VERSION="\"$3\"" \
    -o "$2" "$1"/*.cpp $(pkg-config --cflags --libs cpp-httplib libmariadb hiredis) -lcrypto -pthread
