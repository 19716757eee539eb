# shellcheck shell=bash
# A Docker daemon of its own with Sluice as its registry mirror, driven by docker and by docker compose. It runs no
# containers and leaves the bridge and the firewall as another daemon may have set them up; without a bridge at all it
# would remove that daemon's.

start_docker() { # [daemon.json]
	local mirror="{\"registry-mirrors\": [\"http://$sluice\"]}"
	mkdir "$DOCKER_CONFIG/cli-plugins"
	ln -s "$(command -v docker-compose)" "$DOCKER_CONFIG/cli-plugins/"
	echo "${1:-$mirror}" >"$work/daemon.json"
	start dockerd dockerd --config-file "$work/daemon.json" --host "unix://$work/docker.sock" --pidfile "$work/docker.pid" \
		--data-root "$work/docker" --exec-root "$work/docker.run" --log-level warn \
		--iptables=false --ip6tables=false --ip-masq=false --ip-forward=false
}

docker_cli() { # <argument …>
	bounded docker --host "unix://$work/docker.sock" "$@"
}

docker_pull() { # <image>
	docker_cli pull "$1"
}

compose_pull() { # <image>: a service's
	jq -n --arg image "$1" '{services: {app: {image: $image}}}' >"$work/compose.json"
	docker_cli compose --file "$work/compose.json" pull
}

engine_pulls() { # <docker or compose> <image>: this machine's platform, into an empty store
	expect_equal "images before" "" "$(docker_cli images --quiet)"
	"$1_pull" "$2"
	expect_equal "index digest" "$index_digest" "$(docker_inspect "$2" '{{range .RepoDigests}}{{.}}{{end}}' | cut -d@ -f2)"
	expect_equal "image id" "$config_digest" "$(docker_inspect "$2" '{{.Id}}')"
	expect_equal "diff ids" "$diff_ids" "$(docker_inspect "$2" '{{join .RootFS.Layers "\n"}}')"
	expect_equal "layer digests" "$(sort <<<"$layer_digests")" "$(docker_layer_digests)"
	docker_cli rmi --force "$config_digest"
}

docker_inspect() { # <image> <format>
	docker_cli image inspect --format "$2" "$1"
}

docker_layer_digests() { # as the daemon downloaded them
	find "$work/docker/image" -path '*/v2metadata-by-diffid/sha256/*' -type f -exec jq -r '.[].Digest' {} + | sort -u
}
