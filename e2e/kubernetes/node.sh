# shellcheck shell=bash
# One node: etcd, Kubernetes, containerd 2 and a bridge for pods, all on this machine's own addresses and in $node.

readonly NODE_ADDRESS=10.77.0.1 POD_CIDR=10.77.0.0/24 BRIDGE=sluice0 PAUSE=registry.test/pause:1

node_up() { # the state of everything is in $work/node
	node=$work/node
	mkdir -p "$node/cni" "$node/certs.d" "$node/manifests"
	read -r etcd_port peer_port api_port <<<"$(free_ports 3)"
	route_localnet=$(</proc/sys/net/ipv4/conf/all/route_localnet)
	ip link add "$BRIDGE" type bridge
	ip address add "$NODE_ADDRESS/24" dev "$BRIDGE"
	ip link set "$BRIDGE" up
	iptables -I FORWARD -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT # between pods, what a Docker engine on this machine drops
	write_access
	write_containerd
	write_kubelet
	start_containerd
	start_control_plane
	start kubelet kubelet --config "$node/kubelet.yaml" --kubeconfig "$KUBECONFIG" --root-dir "$node/kubelet" \
		--cert-dir "$node/kubelet-certs" --hostname-override node --node-ip "$NODE_ADDRESS"
	start kube-proxy kube-proxy --kubeconfig "$KUBECONFIG" --hostname-override node --proxy-mode iptables \
		--cluster-cidr "$POD_CIDR" --conntrack-max-per-core 0 --healthz-bind-address 127.0.0.1:10256
	within 60 kubectl wait node/node --for condition=Ready --timeout 1s
	within 60 kubectl get serviceaccount default
}

start_containerd() {
	start containerd containerd --config "$node/containerd.toml"
	within 20 on_node version
	tar -C "$BINARIES" -c pause | docker import --change 'ENTRYPOINT ["/pause"]' - "$PAUSE"
	give_image "$PAUSE"
}

start_control_plane() {
	local etcd=http://127.0.0.1:$etcd_port peer=http://127.0.0.1:$peer_port
	start etcd etcd --data-dir "$node/etcd" --listen-client-urls "$etcd" --advertise-client-urls "$etcd" \
		--listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer" \
		--unsafe-no-fsync
	start kube-apiserver kube-apiserver --etcd-servers "$etcd" --cert-dir "$node/api-certs" \
		--bind-address "$NODE_ADDRESS" --advertise-address "$NODE_ADDRESS" --secure-port "$api_port" \
		--service-account-key-file "$node/accounts.pub" --service-account-signing-key-file "$node/accounts.key" \
		--service-account-issuer https://kubernetes.default.svc --service-cluster-ip-range 10.96.0.0/24 \
		--token-auth-file "$node/tokens.csv" --authorization-mode Node,RBAC --kubelet-preferred-address-types InternalIP
	within 60 kubectl get --raw /readyz
	start controllers kube-controller-manager --kubeconfig "$KUBECONFIG" --leader-elect=false --bind-address 127.0.0.1 \
		--service-account-private-key-file "$node/accounts.key" --root-ca-file "$node/api-certs/apiserver.crt"
	start scheduler kube-scheduler --kubeconfig "$KUBECONFIG" --leader-elect=false --bind-address 127.0.0.1
}

on_node() { # <ctr command …>
	ctr -a "$node/containerd.sock" -n k8s.io "$@"
}

give_image() { # <name>: from the Docker engine to the node
	docker save "$1" | on_node images import -
}

node_down() { # goes on whatever fails
	local name task
	remove_pods
	for name in kube-proxy kubelet scheduler controllers kube-apiserver etcd; do stop_if_started "$name"; done
	for task in $(on_node tasks ls -q); do on_node tasks rm -f "$task"; done
	stop_if_started containerd
	kube-proxy --cleanup
	remove_firewall iptables
	remove_firewall ip6tables
	iptables -D FORWARD -i "$BRIDGE" -o "$BRIDGE" -j ACCEPT
	ip link delete "$BRIDGE"
	echo "$route_localnet" >/proc/sys/net/ipv4/conf/all/route_localnet
	awk -v below="$node/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount
	find /var/log/containers -lname "$node/*" -delete
	find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} +
	docker image rm -f "$PAUSE"
}

remove_pods() { # by kubelet, which takes their addresses and network rules away too
	kubectl delete deployments,replicasets -A --all --cascade=orphan --wait=false --timeout 10s
	kubectl delete pods -A --all --grace-period 1 --timeout 30s
}

remove_firewall() { # <iptables command>: of kube-proxy, which leaves it to a kubelet
	"$1" -D INPUT -j KUBE-FIREWALL
	"$1" -D OUTPUT -j KUBE-FIREWALL
	"$1" -F KUBE-FIREWALL
	"$1" -X KUBE-FIREWALL
}

stop_if_started() { # <name>
	[[ -z ${pid_of[$1]:-} ]] || stop "$1"
}

leaves_nothing() {
	expect_equal processes "" "$(pgrep -af "$node" || true)"
	expect_equal mounts "" "$(grep -F "$node" /proc/mounts || true)"
	expect_equal links "" "$(ip -brief link show type bridge | grep -w "$BRIDGE" || true)"
	expect_equal "packet rules" "" "$({ iptables-save && ip6tables-save; } | grep -E "^:(KUBE|CNI)-|$BRIDGE" || true)"
}
