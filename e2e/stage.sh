# shellcheck shell=bash
# Where a run takes place: its directory, ports and passwords, and its clean end.

prepare() { # <command …>: what is needed
	PATH=${SLUICE_CACHE:-$HOME/.cache/sluice}/bin:$PATH
	require "$@"
	jdk=$(find_jdk)
	jar=$(find_jar)
	work=$(mktemp -d "${TMPDIR:-/tmp}/sluice-e2e.XXXXXX")
	trap clean_up EXIT
	logs=$work/logs
	tls=$work/tls
	mkdir "$logs" "$tls"
	forget_user
	upstream_host=127.0.0.1
	read -r corp_port hub_port sluice_port management_port <<<"$(free_ports 4)"
	sluice=127.0.0.1:$sluice_port
	corp_password=corp-$(openssl rand -hex 12)
	hub_password=hub-$(openssl rand -hex 12)
	wrong_password=wrong-$(openssl rand -hex 12)
}

require() { # <command …>
	((EUID == 0)) || fail "dockerd and containerd need root"
	local command
	for command in "$@"; do
		command -v "$command" >/dev/null || fail "$command is missing: .ci/run installs it"
	done
}

find_jar() { # builds it if it is missing or older than its sources
	local top=$here/.. jar
	jar=$(compgen -G "$top/target/sluice-*.jar" | tail -n 1) || true
	if [[ -z $jar || -n $(find "$top/src/main" "$top/pom.xml" -newer "$jar" -print -quit) ]]; then
		(cd "$top" && mvn -q -B -DskipTests package) >&2
		jar=$(compgen -G "$top/target/sluice-*.jar" | tail -n 1)
	fi
	echo "$jar"
}

forget_user() { # clients see no credential and no egress proxy
	mkdir "$work/home" "$work/home/runtime"
	export HOME=$work/home DOCKER_CONFIG=$work/home/.docker XDG_RUNTIME_DIR=$work/home/runtime
	mkdir "$DOCKER_CONFIG"
	echo '{}' >"$DOCKER_CONFIG/config.json"
	unset REGISTRY_AUTH_FILE DOCKER_HOST
	unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
}

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
	[[ -n ${finished:-} ]] || show_ends "$logs"/*.log
	stop_all
	rm -rf "$work"
}

show_ends() { # <log …>
	local log
	for log in "$@"; do
		echo "The end of $(basename "$log"):"
		tail -n 30 "$log" | cut -c -300 | indent
	done
}
