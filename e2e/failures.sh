# shellcheck shell=bash
# Things go wrong: every status is right, clients that show a body show our message, the log says the rest.

readonly IMAGE_PATH=$UPSTREAM/$REPOSITORY/manifests/1
readonly UNLISTED=nosuch.example.test/$REPOSITORY
readonly BY_PATH=("${LAYOUT_CLIENTS[@]}" "${STORE_CLIENTS[@]}" "${ENGINE_CLIENTS[@]}")

wrong_password() {
	local before
	before=$(log_length)
	write_credentials "$wrong_password"
	step "sluice: wrong password is 403 once config.json is reloaded" within 6 answers 403 "$IMAGE_PATH"
	step "sluice: its body names the upstream" explains 403 DENIED "$UPSTREAM" "$IMAGE_PATH"
	clients_say "wrong password" "$sluice/$IMAGE" "$(message_of "$IMAGE_PATH")" "${BY_PATH[@]}" helm
	clients_say "wrong password" "$IMAGE" "$(message_of "$IMAGE_PATH")" containerd2
	clients_say "wrong password" "$IMAGE" "403 Forbidden" containerd buildkit
	step "sluice: its log says 403 and why" logged_since "$before" status=403 "registry=$UPSTREAM" 'cause=".*answered 401'
	write_credentials "$corp_password"
	step "sluice: serves again once the password is right" within 6 answers 200 "$IMAGE_PATH"
}

unlisted_registry() {
	local before
	before=$(log_length)
	step "sluice: unlisted registry is 404 and named" explains 404 NAME_UNKNOWN nosuch.example.test "$UNLISTED/manifests/1"
	clients_say "unlisted registry" "$sluice/$UNLISTED:1" "$(message_of "$UNLISTED/manifests/1")" "${BY_PATH[@]}"
	clients_say "unlisted registry" "$sluice/$UNLISTED:1" "not found" helm
	step "sluice: its log says 404 and why" logged_since "$before" status=404 'cause=".*nosuch\.example\.test.* not listed'
}

stopped_upstream() {
	local before
	before=$(log_length)
	stop corp
	step "sluice: stopped upstream is 502 and named" explains 502 UNAVAILABLE "$UPSTREAM" "$IMAGE_PATH"
	clients_say "stopped upstream" "$sluice/$IMAGE" "$(message_of "$IMAGE_PATH")" crane regctl helm
	clients_say "stopped upstream" "$sluice/$IMAGE" "502 Bad Gateway" skopeo "${STORE_CLIENTS[@]}" "${ENGINE_CLIENTS[@]}"
	clients_say "stopped upstream" "$IMAGE" "502 Bad Gateway" "${CONTAINERDS[@]}" buildkit
	step "sluice: its log says 502 and why" logged_since "$before" status=502 "registry=$UPSTREAM" 'cause=".*[Rr]efused'
	step "sluice: the other upstream still answers" answers 200 library/app/manifests/1
}

explains() { # <status> <code> <name> <path>: the error body's message says the name
	answers "$1" "$4"
	expect_equal code "$2" "$(error code)"
	expect_contains "$(error message)" "$3"
}

clients_say() { # <cause> <image> <part> <client …>: each fails by itself and shows that part
	local client
	for client in "${@:4}"; do
		step "$client: $1 makes it fail and say so" refused "$3" "$client" "$2"
	done
}

refused() { # <part> <client> <image>
	local said status=0
	[[ -n $1 ]] || fail "there is no message to show"
	said=$("$2_pull" "$3" 2>&1) || status=$?
	((status != 0)) || fail "it pulled"
	((status != 124)) || fail "it hung"
	expect_contains "${said//\\\"/\"}" "$1"
}

no_secret_logged() {
	local secret
	for secret in "$corp_password" "$hub_password" "$wrong_password"; do
		if grep -F -e "$secret" -e "$(basic "$secret")" "$logs/sluice.log"; then
			fail "the log holds a password"
		fi
	done
}
