# shellcheck shell=bash
# podman and buildah, each with a store of its own.

podman_pull() { # <image>
	in_store_of podman pull --quiet --tls-verify=false "$1"
}

buildah_pull() { # <image>
	in_store_of buildah pull --quiet --tls-verify=false "$1"
}

in_store_of() { # <client> <argument …>
	bounded "$1" --root "$work/$1" --runroot "$work/$1.run" --storage-driver vfs "${@:2}"
}

store_pulls() { # <client> <image>: this machine's platform
	local image manifest
	"$1_pull" "$2"
	image=$(jq -c '.[0]' "$work/$1/vfs-images/images.json")
	expect_equal "image id" "$config_digest" "sha256:$(jq -r .id <<<"$image")"
	manifest=$(jq -r '."big-data-digests"["manifest-" + $d]' --arg d "$manifest_digest" <<<"$image")
	expect_equal "manifest digest" "$manifest_digest" "$manifest"
	expect_equal "layer digests" "$(sort <<<"$layer_digests")" \
		"$(jq -r '.[]."compressed-diff-digest"' "$work/$1/vfs-layers/layers.json" | sort)"
	in_store_of "$1" rmi --all --force
}
