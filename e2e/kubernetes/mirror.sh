# shellcheck shell=bash
# Sluice in the cluster: the chart, its credential, and the node's way to it.

readonly NAMESPACE=mirror NODE_PORT=30050 LOGIN=registry-login

install_chart() {
	kubectl create namespace "$NAMESPACE"
	kubectl label namespace "$NAMESPACE" pod-security.kubernetes.io/enforce=restricted
	expect_contains "$(kubectl -n "$NAMESPACE" run intruder --image "$image" --dry-run=server 2>&1)" "violates PodSecurity"
	kubectl -n "$NAMESPACE" create configmap upstream --from-file "$tls/ca.crt"
	give_login "$UPSTREAM_USER" "$corp_password"
	write_values "{ secrets: [$LOGIN] }"
	helm install sluice "$here/../helm/sluice" -n "$NAMESPACE" -f "$work/values.yaml" --wait --timeout 3m
}

give_login() { # <user> <password>: what the secret holds from now on
	kubectl -n "$NAMESPACE" create secret docker-registry "$LOGIN" --dry-run=client -o yaml \
		--docker-server "$UPSTREAM" --docker-username "$1" --docker-password "$2" | kubectl apply -f -
}

write_values() { # <credentials>
	cat >"$work/values.yaml" <<-YAML
		access: { open: true }
		image: { repository: ${image%:*}, tag: ${image##*:}, pullPolicy: Never }
		credentials: $1
		settings:
		  upstreams:
		    - name: $UPSTREAM
		      endpoints: ["https://$upstream_host:$corp_port"]
		      credential-host: $UPSTREAM
		      tls: { certificate-authority: /etc/sluice/certificates/ca.crt }
		extraVolumes: [{ name: certificates, configMap: { name: upstream } }]
		extraVolumeMounts: [{ name: certificates, mountPath: /etc/sluice/certificates, readOnly: true }]
		networkPolicy: { enabled: true, nodeCIDRs: [$NODE_ADDRESS/32] }
		service: { nodePort: $NODE_PORT }
		test: { path: $UPSTREAM/acme/first/manifests/1 }
	YAML
}

write_hosts_from_notes() { # pasted as the notes say
	local hosts=$node/certs.d/$UPSTREAM/hosts.toml
	mkdir -p "$(dirname "$hosts")"
	helm get notes sluice -n "$NAMESPACE" | grep -A 1 '\[host\.' >"$hosts"
	expect_contains "$(<"$hosts")" "http://127.0.0.1:$NODE_PORT"
}

keeping() { # what one replica has pulled, asked by its own address
	step "sluice: a replica pulls a layer" replica_pulls_a_layer
	stop corp
	step "sluice: it serves that again while the registry is away" replica_serves_it
	start_upstream corp "$corp_port" "$corp_password"
}

replica_pulls_a_layer() {
	local url digest
	url=http://$(replicas get pods -o jsonpath='{.items[0].status.podIP}'):5050/v2/acme/first
	digest=$(curl -fsS "$url/manifests/1?ns=$UPSTREAM" | jq -r '.layers[0].digest')
	echo "$digest $url/blobs/$digest?ns=$UPSTREAM" >"$work/layer"
	replica_serves_it
}

replica_serves_it() {
	local digest url
	read -r digest url <"$work/layer"
	expect_equal digest "$digest" "$(curl -fsS --max-time 60 "$url" | sha256)"
}

replicas() { # <kubectl verb and arguments …>: of the chart's pods
	kubectl -n "$NAMESPACE" "$1" --selector app.kubernetes.io/component=proxy "${@:2}"
}

mirror_log() {
	replicas logs --tail -1 --prefix
}

no_password_logged() {
	local password
	expect_contains "$(mirror_log)" "kubernetes secret"
	for password in "$corp_password" "$next_password" "$last_password"; do
		if mirror_log | grep -F -e "$password"; then
			fail "the log holds a password"
		fi
	done
}
