# shellcheck shell=bash
# The proxy under test in a container: a user's home and clone, its compose project, its health.

clone_project() { # what is tracked, as it is now
	project=sluice-e2e-$$
	user_home=$work/user
	mkdir -p "$work/clone" "$work/etc" "$user_home/.docker/cli-plugins"
	git -C "$here/.." ls-files -z | tar -C "$here/.." --null --files-from - -c | tar -C "$work/clone" -x
	ln -s "$(command -v docker-compose)" "$user_home/.docker/cli-plugins/docker-compose"
}

write_settings() { # where the upstreams are, by a file that compose reads by itself
	cp "$tls/ca.crt" "$work/etc/"
	chmod -R a+rX "$work/etc"
	cat >"$work/etc/sluice.yml" <<-YAML
		sluice:
		  upstreams:
		    - name: $UPSTREAM
		      endpoints: ["https://$upstream_host:$corp_port"]
		      tls: { certificate-authority: /etc/sluice/ca.crt }
		    - name: docker.io
		      endpoints: ["https://$upstream_host:$hub_port"]
		      credential-host: $upstream_host:$hub_port
		      tls: { certificate-authority: /etc/sluice/ca.crt }
	YAML
	cat >"$work/clone/docker-compose.override.yml" <<-YAML
		services:
		  sluice:
		    volumes: ["$work/etc:/etc/sluice:ro"]
		networks:
		  default: { name: $project, external: true }
	YAML
}

compose() { # <argument …>: as the user would in the clone, whose uid is the default one
	(cd "$work/clone" && env -u UID -u DOCKER_CONFIG HOME="$user_home" SLUICE_IMAGE="$IMAGE" SLUICE_PORT="$sluice_port" \
		SLUICE_MANAGEMENT_PORT="$management_port" COMPOSE_PROJECT_NAME="$project" docker compose "$@")
}

compose_logs() { # <part>: the log has it
	expect_contains "$(compose logs)" "$1"
}

container() {
	compose ps --quiet sluice
}

healthy() { # <container>
	[[ $(docker inspect --format '{{.State.Health.Status}}' "$1") == healthy ]]
}

process() { # the proxy's directory in /proc
	echo "/proc/$(docker inspect --format '{{.State.Pid}}' "$(container)")"
}

write_login() { # <password for corp>
	write_credentials "$1"
	write_user_config <"$work/config.json"
}

write_user_config() { # standard input: replaced by rename, 0600, as docker login does
	local config=$user_home/.docker/config.json
	cat >"$config.new"
	chmod 0600 "$config.new"
	chown -R 1000:1000 "$user_home"
	chmod 0700 "$user_home/.docker"
	mv "$config.new" "$config"
}

readme_lines() { # the README's daemon.json, with the test's port
	awk '/^```json$/ { block = ""; inside = 1; next }
		/^```$/ { if (inside && block ~ /registry-mirrors/) print block; inside = 0 }
		inside { block = block $0 "\n" }' "$here/../README.md" | sed "s/127\.0\.0\.1:5050/$sluice/"
}

figure() { # a line to be printed at the end
	echo "     $1" >>"$work/figures"
}

# shellcheck disable=SC2317 # the trap calls it
remove_containers() {
	[[ -n ${finished:-} ]] || compose logs --tail 30 || true
	[[ ! -f $work/containers ]] || xargs -r docker rm --force >/dev/null 2>&1 <"$work/containers" || true
	compose down --volumes --timeout 10 >/dev/null 2>&1 || true
	docker network rm "$project" >/dev/null 2>&1 || true
	clean_up
}
