# shellcheck shell=bash
# A login that a real credential helper keeps: docker-credential-pass, over a store made on the spot.

helper_keeps_the_login() {
	local server=$upstream_host:$corp_port
	step "docker-credential-pass: keeps a login" keep_in_pass "$server" "$UPSTREAM_USER" "$corp_password"
	write_credentials "$wrong_password"
	within 6 answers 403 "$IMAGE_PATH"
	write_helper_entry "$server" pass
	step "docker-credential-pass: its login counts" within 6 answers 200 "$IMAGE_PATH"
	step "skopeo: pulls by the helper's login" layout_pulls skopeo "$sluice/$IMAGE"
	gpgconf --kill gpg-agent
	write_credentials "$corp_password"
	step "sluice: a login in the file counts again" within 6 answers 200 "$IMAGE_PATH"
}

keep_in_pass() { # <server> <user> <password>: below HOME, where Sluice's helper looks too
	mkdir -m 700 "$HOME/.gnupg"
	gpg --batch --quiet --passphrase '' --quick-generate-key e2e@example.test default default never
	pass init e2e@example.test
	jq -n --arg server "$1" --arg user "$2" --arg secret "$3" '{ServerURL: $server, Username: $user, Secret: $secret}' |
		docker-credential-pass store
}

write_helper_entry() { # <server> <helper>
	jq -n --arg server "$1" --arg helper "$2" '{credHelpers: {($server): $helper}}' >"$work/config.json.new"
	mv "$work/config.json.new" "$work/config.json"
}
