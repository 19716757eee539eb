# shellcheck shell=bash
# The secret gets a new login. The upstream takes both until a while after every replica uses the new one.

readonly NEXT_USER=sluice-next

rotation() {
	next_password=next-$(openssl rand -hex 12)
	htpasswd -bB "$work/corp.htpasswd" "$NEXT_USER" "$next_password" 2>"$logs/htpasswd.log"
	start_loops
	give_login "$NEXT_USER" "$next_password" >>"$logs/up.log"
	step "sluice: a changed secret takes effect within $EFFECT_SECONDS s" takes_effect
	sleep "$OVERLAP_SECONDS"
	htpasswd -D "$work/corp.htpasswd" "$UPSTREAM_USER" 2>>"$logs/htpasswd.log"
	step "upstream: refuses the old password" within 5 refuses_login "$UPSTREAM_USER" "$corp_password"
	step "kubelet: starts a pod of another image by the new one" timed "the second pod is ready" runs second
	end_loops
	step "sluice: no pull is lost meanwhile" expect_nothing_lost "While the secret changed"
}

takes_effect() { # every replica has read it twice: at its start, and now
	local begun=$EPOCHREALTIME
	within "$EFFECT_SECONDS" all_have_read "/etc/sluice/credentials/$LOGIN: logins:" 2
	figure "every replica uses the changed secret after $(seconds_since "$begun") s"
}

all_have_read() { # <what the log says of a secret> <how often at least>
	expect_equal "replicas that say it" 2 "$(mirror_log | grep -F "kubernetes secret $1" | cut -d' ' -f1 | sort | uniq -c |
		awk -v least="$2" '$1 >= least' | wc -l)"
}

refuses_login() { # <user> <password>
	local status
	status=$(curl -sS -o "$work/refusal" -w '%{http_code}' --cacert "$tls/ca.crt" -u "$1:$2" \
		"https://$upstream_host:$corp_port/v2/")
	expect_equal "status for $1" 401 "$status"
}
