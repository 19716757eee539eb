# shellcheck shell=bash
# A buildkitd of its own, with Sluice as the mirror of the upstream's name.

start_buildkit() {
	cat >"$work/buildkitd.toml" <<-TOML
		root = "$work/buildkit"
		[grpc]
		  address = ["unix://$work/buildkit.sock"]
		[worker.oci]
		  enabled = true
		  snapshotter = "native"
		[worker.containerd]
		  enabled = false
		[registry."$UPSTREAM"]
		  mirrors = ["$sluice"]
		[registry."$sluice"]
		  http = true
	TOML
	start buildkitd buildkitd --config "$work/buildkitd.toml"
}

buildctl_cli() { # <argument …>
	bounded buildctl --addr "unix://$work/buildkit.sock" "$@"
}

buildkit_pull() { # <image>: as the base of a build
	rm -rf "$work/built"
	mkdir -p "$work/context"
	printf '%s\n' "FROM $1" "COPY Dockerfile /srv/" >"$work/context/Dockerfile"
	buildctl_cli build --progress plain --frontend dockerfile.v0 --no-cache \
		--local "context=$work/context" --local "dockerfile=$work/context" --output "type=oci,tar=false,dest=$work/built"
}

buildkit_builds() { # <image>: on this machine's platform of it
	local held=$work/buildkit/runc-native/content/blobs/sha256 manifest
	buildkit_pull "$1"
	check_blobs "$held"
	expect_equal "blobs missing" "" "$(comm -23 <(echo "$platform_digests") <(blob_names "$held"))"
	manifest=$(jq -r '.manifests[0].digest' "$work/built/index.json")
	expect_equal "layers built upon" "$layer_digests" "$(jq -r '.layers[:-1][].digest' "$work/built/blobs/${manifest/://}")"
}
