# shellcheck shell=bash
# The proxy under test: its configuration, its credentials, its answers and its log.

write_credentials() { # <password for corp>: replaced by rename, as docker login does
	jq -n --arg corp "$upstream_host:$corp_port" --arg hub "$upstream_host:$hub_port" \
		--arg corp_auth "$(basic "$1")" --arg hub_auth "$(basic "$hub_password")" \
		'{auths: {($corp): {auth: $corp_auth}, ($hub): {auth: $hub_auth}}}' >"$work/config.json.new"
	mv "$work/config.json.new" "$work/config.json"
}

basic() { # <password>: the user and password as config.json holds them
	printf '%s' "$UPSTREAM_USER:$1" | base64 -w0
}

write_configuration() {
	cat >"$work/sluice.yml" <<-YAML
		server.port: $sluice_port
		management.server.port: $management_port
		sluice:
		  default-upstream: docker.io
		  upstreams:
		    - name: $UPSTREAM
		      endpoints: ["https://$upstream_host:$corp_port"]
		      aliases: [corp]
		      tls: { certificate-authority: $tls/ca.crt }
		    - name: docker.io
		      endpoints: ["https://$upstream_host:$hub_port"]
		      tls: { certificate-authority: $tls/ca.crt }
		  credentials:
		    docker-config: [$work/config.json]
	YAML
}

start_sluice() { # <JVM option …>
	start sluice "$jdk/bin/java" "$@" -jar "$jar" "--spring.config.additional-location=file:$work/sluice.yml"
	within 60 curl -fsS "http://127.0.0.1:$management_port/actuator/health/readiness"
}

answer() { # <path under /v2/>: prints the status; the body goes to $work/body
	curl -sS --max-time 60 -o "$work/body" -w '%{http_code}' -H "Accept: $MANIFEST_TYPES" "http://$sluice/v2/$1"
}

answers() { # <status> <path under /v2/>
	expect_equal status "$1" "$(answer "$2")"
}

error() { # <code or message>: that field of the error in $work/body
	jq -er ".errors[0].$1" "$work/body"
}

message_of() { # <path under /v2/>: the message of its error
	answer "$1" >"$work/status"
	error message
}

log_length() {
	wc -l <"$logs/sluice.log"
}

logged_since() { # <log length> <pattern …>: one line after it matches every pattern
	local lines pattern
	lines=$(tail -n "+$(($1 + 1))" "$logs/sluice.log")
	for pattern in "${@:2}"; do
		lines=$(grep -E -- "$pattern" <<<"$lines") || fail "no log line matches $pattern (of ${*:2})" || return
	done
	head -1 <<<"$lines"
}
