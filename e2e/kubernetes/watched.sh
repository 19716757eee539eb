# shellcheck shell=bash
# Sluice watches the secret through the API server in place of having it mounted. It gets a new login; then a service
# account names it in place of its label.

readonly LAST_USER=sluice-last WATCHED_SECONDS=5

watching() {
	last_password=last-$(openssl rand -hex 12)
	htpasswd -bB "$work/corp.htpasswd" "$LAST_USER" "$last_password" 2>>"$logs/htpasswd.log"
	step "chart: lets Sluice watch secrets through the API" timed "the chart is upgraded" watch_secrets
	step "kubelet: starts a pod of a third image by a watched secret" runs third
	start_loops
	give_login "$LAST_USER" "$last_password" >>"$logs/up.log"
	step "sluice: a changed secret that it watches takes effect within $WATCHED_SECONDS s" watched_takes_effect
	sleep "$OVERLAP_SECONDS"
	htpasswd -D "$work/corp.htpasswd" "$NEXT_USER" 2>>"$logs/htpasswd.log"
	step "upstream: refuses the login before" within 5 refuses_login "$NEXT_USER" "$next_password"
	step "kubelet: starts a pod of a fourth image by the new one" runs fourth
	step "sluice: takes the secret that a service account names, and lets go of its label" moves_to_service_account
	end_loops
	step "sluice: no pull is lost meanwhile" expect_nothing_lost "While the watched secret changed"
}

watch_secrets() {
	kubectl -n "$NAMESPACE" label secret "$LOGIN" sluice=use
	kubectl -n "$NAMESPACE" create serviceaccount puller
	write_values '{ secrets: [], api: { labelSelector: "sluice=use", serviceAccount: puller } }'
	helm upgrade sluice "$here/../helm/sluice" -n "$NAMESPACE" -f "$work/values.yaml" --wait --timeout 3m
	kubectl -n "$NAMESPACE" rollout status deployment/sluice --timeout 3m
}

watched_takes_effect() {
	local begun=$EPOCHREALTIME
	within "$WATCHED_SECONDS" all_have_read "$NAMESPACE/$LOGIN: logins:" 2
	figure "every replica uses the changed secret that it watches after $(seconds_since "$begun") s"
}

moves_to_service_account() {
	kubectl -n "$NAMESPACE" patch serviceaccount puller --patch "{ \"imagePullSecrets\": [{ \"name\": \"$LOGIN\" }] }"
	within "$WATCHED_SECONDS" all_have_read "$NAMESPACE/$LOGIN: logins:" 3
	kubectl -n "$NAMESPACE" label secret "$LOGIN" sluice-
	within "$WATCHED_SECONDS" all_have_read "$NAMESPACE/$LOGIN is gone" 1
	crane_pull
}
