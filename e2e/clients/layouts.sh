# shellcheck shell=bash
# skopeo, crane and regctl copy every platform into an OCI layout.

skopeo_pull() { # <image>
	rm -rf "$work/skopeo"
	bounded skopeo copy --quiet --all --src-tls-verify=false "docker://$1" "oci:$work/skopeo:1"
}

crane_pull() { # <image>
	rm -rf "$work/crane"
	bounded crane pull --insecure --format oci "$1" "$work/crane"
}

regctl_pull() { # <image>
	rm -rf "$work/regctl"
	bounded regctl --host "reg=${1%%/*},tls=disabled" image copy "$1" "ocidir://$work/regctl:1"
}

layout_pulls() { # <client> <image>
	"$1_pull" "$2"
	expect_equal "index digest" "$index_digest" "$(jq -r '.manifests[0].digest' "$work/$1/index.json")"
	expect_blobs "$work/$1/blobs/sha256" "$all_digests"
}

expect_blobs() { # <directory of sha256 blobs> <digests wanted, sorted>: names and contents
	expect_equal "set of blobs" "$2" "$(blob_names "$1")"
	check_blobs "$1"
}

blob_names() { # <directory of sha256 blobs>: sorted
	find "$1" -type f -printf 'sha256:%f\n' | sort
}

check_blobs() { # <directory of sha256 blobs>: each holds what its name says
	(cd "$1" && find . -type f -printf '%f  %f\n' | sha256sum --check --quiet)
}

crane_reads() { # <image>: without pulling it
	expect_equal digest "$index_digest" "$(bounded crane digest --insecure "$1")"
	expect_equal manifest "$index_digest" "$(bounded crane manifest --insecure "$1" | sha256)"
}
