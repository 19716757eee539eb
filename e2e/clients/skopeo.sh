# shellcheck shell=bash

skopeo_pull() { # <image>
	rm -rf "$work/skopeo"
	bounded skopeo copy --quiet --all --src-tls-verify=false "docker://$1" "oci:$work/skopeo:1"
}

skopeo_pulls() { # <image>: every platform
	skopeo_pull "$1"
	expect_equal "index digest" "$index_digest" "$(jq -r '.manifests[0].digest' "$work/skopeo/index.json")"
	expect_blobs "$work/skopeo/blobs/sha256" "$all_digests"
}
