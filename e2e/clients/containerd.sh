# shellcheck shell=bash
# A containerd of its own that reaches the upstream's name by hosts.toml.

start_containerd() {
	cat >"$work/containerd.toml" <<-TOML
		version = 2
		root = "$work/containerd"
		state = "$work/containerd.run"
		disabled_plugins = ["io.containerd.grpc.v1.cri"]
		[debug]
		  level = "warn"
		[grpc]
		  address = "$work/containerd.sock"
	TOML
	start containerd containerd --config "$work/containerd.toml"
	within 60 ctr_cli version
}

ctr_cli() { # <argument …>
	bounded ctr --address "$work/containerd.sock" "$@"
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

containerd_pull() { # <image> <hosts directory>
	ctr_cli images pull --snapshotter native --hosts-dir "$2" "$1"
}

containerd_pulls() { # <image> <hosts directory>: this machine's platform, into an empty store
	expect_equal "content before" "" "$(ctr_cli content ls --quiet)"
	containerd_pull "$1" "$2"
	expect_equal "index digest" "$index_digest" "$(ctr_cli images ls "name==$1" | awk 'NR == 2 { print $3 }')"
	expect_blobs "$work/containerd/io.containerd.content.v1.content/blobs/sha256" "$platform_digests"
	ctr_cli images rm --sync "$1"
}
