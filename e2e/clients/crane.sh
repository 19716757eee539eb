# shellcheck shell=bash

crane_pull() { # <image>
	rm -rf "$work/crane"
	bounded crane pull --insecure --format oci "$1" "$work/crane"
}

crane_pulls() { # <image>: every platform
	expect_equal "crane digest" "$index_digest" "$(crane digest --insecure "$1")"
	expect_equal "crane manifest" "$index_digest" "$(crane manifest --insecure "$1" | sha256)"
	crane_pull "$1"
	expect_equal "index digest" "$index_digest" "$(jq -r '.manifests[0].digest' "$work/crane/index.json")"
	expect_blobs "$work/crane/blobs/sha256" "$all_digests"
}
