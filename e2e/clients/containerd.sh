# shellcheck shell=bash
# Debian's containerd 1.6, and containerd 2, which pulls in the daemon: each reaches the upstream's name by hosts.toml.

start_containerd() { # <containerd or containerd2>
	cat >"$work/$1.toml" <<-TOML
		version = 2
		root = "$work/$1"
		state = "$work/$1.run"
		disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime"]
		[debug]
		  level = "warn"
		[grpc]
		  address = "$work/$1.sock"
	TOML
	start "$1" "$1" --config "$work/$1.toml"
}

ctr_of() { # <containerd or containerd2> <argument …>
	bounded "${1/containerd/ctr}" --address "$work/$1.sock" "${@:2}"
}

write_hosts() { # <hosts directory> <url> [a line more]
	mkdir -p "$1/$UPSTREAM"
	cat >"$1/$UPSTREAM/hosts.toml" <<-TOML
		server = "https://$UPSTREAM"
		[host."$2"]
		  capabilities = ["pull", "resolve"]
		  ${3:-}
	TOML
}

containerd_pull() { # <image> [hosts directory]
	ctr_of containerd images pull --snapshotter native --hosts-dir "${2:-$work/hosts}" "$1"
}

containerd2_pull() { # <image> [hosts directory]
	ctr_of containerd2 images pull --skip-metadata --hosts-dir "${2:-$work/hosts}" "$1"
}

containerd_pulls() { # <containerd or containerd2> <image> <hosts directory>: this machine's platform, into an empty store
	expect_equal "content before" "" "$(ctr_of "$1" content ls --quiet)"
	"$1_pull" "$2" "$3"
	expect_equal "index digest" "$index_digest" "$(ctr_of "$1" images ls "name==$2" | awk 'NR == 2 { print $3 }')"
	expect_blobs "$work/$1/io.containerd.content.v1.content/blobs/sha256" "$platform_digests"
	ctr_of "$1" images rm --sync "$2"
}
