#!/usr/bin/env bash
# Simulation-based calibration at full size: ranks of many truths in their posteriors, of the sampler alone
# and of the whole way from a file to a posterior. The tests run the same with fewer truths.
#   scripts/sbc.sh [TRUTHS] [PARTICLES] [BANK]
set -euo pipefail
cd "$(dirname "$0")/.."
export RATHAUS_SBC_TRUTHS="${1:-4000}" RATHAUS_SBC_PARTICLES="${2:-600}" RATHAUS_SBC_BANK="${3:-60000}"
export RATHAUS_SOURCE="$PWD"
[ -f build/dev/build.ninja ] || cmake --preset dev >/dev/null
cmake --build build/dev --target test_calibration_sampler test_calibration_bank
build/dev/tests/test_calibration_sampler "simulation-based calibration*"
build/dev/tests/test_calibration_bank
