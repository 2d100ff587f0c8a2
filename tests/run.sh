#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. Real servers need root: without it their tests
# say so and are skipped.
#
#   tests/run.sh                 everything
#   tests/run.sh quick           no real servers, no linters
#   tests/run.sh address|thread  the quick tests under a sanitizer (thread: of the core)
#   tests/run.sh coverage        line coverage of deploy-core
#   tests/run.sh package         the Debian package, on a clean Debian 12 (root)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
what=${1:-all}
cd "$root"
lists=(app/packages.txt tests/packages.txt)
[ "$what" = all ] && lists+=(tests/lab/packages.txt)
app/install_packages.sh "${lists[@]}"

export QT_QPA_PLATFORM=offscreen
jobs=$(nproc)
began=$SECONDS
section() { printf '\n== %s (after %d s)\n' "$*" $((SECONDS - began)); }

build() {  # FOLDER CMAKE-OPTION...
    local folder=$1
    shift
    cmake -S . -B "$folder" -G Ninja "$@" >/dev/null
    cmake --build "$folder" -- -j "$jobs"
}

quick_tests() {  # FOLDER CTEST-OPTION...
    local folder=$1
    shift
    ctest --test-dir "$folder" --output-on-failure --timeout 300 -j "$jobs" "$@"
    # A test that could not be made is no test that passed.
    grep -a '^SKIP' "$folder/Testing/Temporary/LastTest.log" || true
}

case $what in
    quick)
        build build-tests -DCMAKE_BUILD_TYPE=Debug
        quick_tests build-tests -L quick
        ;;
    address)
        build build-address -DCMAKE_BUILD_TYPE=Debug -DFINCLIP_SANITIZE=address
        quick_tests build-address -L quick
        ;;
    thread)
        build build-thread -DCMAKE_BUILD_TYPE=Debug -DFINCLIP_SANITIZE=thread -DFINCLIP_WIZARD=OFF
        export TSAN_OPTIONS="suppressions=$root/tests/support/tsan.supp halt_on_error=1 die_after_fork=0"
        quick_tests build-thread -L core -LE real
        ;;
    package)
        tests/package/test_package.sh
        ;;
    coverage)
        app/install_packages.sh <(echo gcovr)
        build build-coverage -DCMAKE_BUILD_TYPE=Debug -DFINCLIP_COVERAGE=ON -DFINCLIP_WIZARD=OFF
        quick_tests build-coverage -L core
        gcovr --root . --filter 'deploy-core/' --exclude-unreachable-branches --print-summary build-coverage |
            tail -40
        ;;
    all)
        section "Linters"
        tests/lint.sh
        section "Build"
        build build-tests -DCMAKE_BUILD_TYPE=Debug
        section "Quick tests"
        quick_tests build-tests -L quick
        # Beside the real servers, whose tests mostly wait.
        nice tests/tidy.sh build-tests >build-tests/tidy.log 2>&1 &
        tidy=$!
        real=
        trap 'kill $tidy $real 2>/dev/null || true' EXIT
        section "Tests on real servers"
        if [ "$(id -u)" -eq 0 ]; then
            # In a lab of their own beside the whole product's: both mostly wait.
            FINCLIP_LAB_NET=10.87.0 ctest --test-dir build-tests --output-on-failure -L real --no-tests=ignore \
                >build-tests/real.log 2>&1 &
            real=$!
            status=0
            tests/e2e/run.sh build-tests || status=$?
            wait $real || status=$?
            cat build-tests/real.log
            [ $status -eq 0 ] || exit $status
        else
            echo "Skipped: real servers need root (network namespaces, systemd-nspawn). Run: sudo tests/run.sh"
        fi
        section "Static analysis"
        wait $tidy || { cat build-tests/tidy.log; exit 1; }
        section "Done"
        ;;
    *)
        echo "tests/run.sh: unknown word '$what' (quick, address, thread, coverage, package, or none)" >&2
        exit 2
        ;;
esac
