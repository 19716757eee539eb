# shellcheck shell=bash
# podman and buildah, each with a store of its own.

podman_pull() { # <image>
	containers_pull podman "$1"
}

podman_pulls() { # <image>: this machine's platform
	containers_pulls podman "$1"
}

buildah_pull() { # <image>
	containers_pull buildah "$1"
}

buildah_pulls() { # <image>: this machine's platform
	containers_pulls buildah "$1"
}

in_store_of() { # <podman or buildah> <argument …>
	local client=$1
	shift
	bounded "$client" --root "$work/$client" --runroot "$work/$client.run" --storage-driver vfs "$@"
}

containers_pull() { # <podman or buildah> <image>
	in_store_of "$1" pull --quiet --tls-verify=false "$2"
}

containers_pulls() { # <podman or buildah> <image>
	containers_pull "$1" "$2"
	local image manifest
	image=$(jq -c '.[0]' "$work/$1/vfs-images/images.json")
	expect_equal "image id" "$config_digest" "sha256:$(jq -r .id <<<"$image")"
	manifest=$(jq -r '."big-data-digests"["manifest-" + $d]' --arg d "$manifest_digest" <<<"$image")
	expect_equal "manifest digest" "$manifest_digest" "$manifest"
	expect_equal "layer digests" "$(sort <<<"$layer_digests")" \
		"$(jq -r '.[]."compressed-diff-digest"' "$work/$1/vfs-layers/layers.json" | sort)"
	in_store_of "$1" rmi --all --force
}
