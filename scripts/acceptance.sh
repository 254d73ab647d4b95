#!/bin/sh
# Copyright (c) The terraform-provider-registrar authors
# SPDX-License-Identifier: MPL-2.0

# Runs the acceptance tests (TestAcc...) and fails when none of them really ran.
#
#   scripts/with-cli.sh scripts/acceptance.sh [flags for go test]
#
# `go test` is content when every test was skipped; a run that proves nothing must not look like a pass.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

: "${TF_ACC_TERRAFORM_PATH:?start this through scripts/with-cli.sh}"
cli="${TF_ACC_CLI_VERSION:?start this through scripts/with-cli.sh} ($TF_ACC_TERRAFORM_PATH)"

mkdir -p .cache
log=$(mktemp .cache/acceptance.XXXXXX)
trap 'rm -f "$log" "$log.status"' EXIT
trap 'exit 130' INT TERM

echo "Acceptance tests with $cli"

# A pipe hides the status of its first command from a POSIX shell, so that one is kept in a file.
{
	status=0
	TF_ACC=1 go test -count=1 -timeout 20m -v -run '^TestAcc' "$@" ./... || status=$?
	echo "$status" >"$log.status"
} 2>&1 | tee "$log" | sed -n -e '/^--- /p' -e '/^FAIL/p'
status=$(cat "$log.status")

# Only tests that have no subtests are counted: a parent passes also when all beneath it were skipped.
counts=$(sed -n 's/^ *--- \([A-Z]*\): \(TestAcc[^ ]*\) .*/\1 \2/p' "$log" | awk '
	{ verdict[$2] = $1; name = $2; while (sub("/[^/]*$", "", name)) parent[name] = 1 }
	END { for (test in verdict) if (!(test in parent)) count[verdict[test]]++
	      print count["PASS"] + 0, count["FAIL"] + 0, count["SKIP"] + 0 }')
passed=${counts%% *}
failed=${counts#* }
failed=${failed% *}
skipped=${counts##* }

if [ "$status" -ne 0 ]; then
	echo
	cat "$log"
elif grep -q "Acceptance tests skipped unless env" "$log"; then
	echo "Acceptance tests did not see TF_ACC and were skipped."
	status=1
elif [ "$passed" -eq 0 ]; then
	echo "No acceptance test ran: $skipped skipped, none passed."
	status=1
elif [ "$skipped" -gt 0 ]; then
	echo "Skipped, with the reason each gives:"
	grep -B 2 '^ *--- SKIP: TestAcc' "$log" || true
fi

# A package that does not build fails the run with no failed test.
verdict=passed
[ "$status" -eq 0 ] || verdict=FAILED
echo "Acceptance tests $verdict: $passed passed, $failed failed, $skipped skipped, with $cli"
exit "$status"
