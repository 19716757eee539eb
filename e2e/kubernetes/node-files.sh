# shellcheck shell=bash
# The files that the node's programs read.

write_access() { # one administrator with a token, and the key that service accounts are signed with
	local token
	token=$(openssl rand -hex 16)
	openssl genrsa -out "$node/accounts.key" 2048
	openssl rsa -in "$node/accounts.key" -pubout -out "$node/accounts.pub"
	echo "$token,admin,admin,system:masters" >"$node/tokens.csv"
	export KUBECONFIG=$node/kubeconfig
	cat >"$KUBECONFIG" <<-YAML
		apiVersion: v1
		kind: Config
		clusters: [{ name: test, cluster: { server: "https://$NODE_ADDRESS:$api_port", insecure-skip-tls-verify: true } }]
		users: [{ name: admin, user: { token: "$token" } }]
		contexts: [{ name: test, context: { cluster: test, user: admin } }]
		current-context: test
	YAML
}

write_containerd() { # mirrors are looked up in $node/certs.d
	cat >"$node/cni/10-test.conflist" <<-JSON
		{ "cniVersion": "1.0.0", "name": "test", "plugins": [
		  { "type": "bridge", "bridge": "$BRIDGE", "isGateway": true, "ipMasq": true, "hairpinMode": true,
		    "ipam": { "type": "host-local", "dataDir": "$node/addresses",
		              "ranges": [[{ "subnet": "$POD_CIDR", "rangeStart": "10.77.0.10" }]], "routes": [{ "dst": "0.0.0.0/0" }] } },
		  { "type": "portmap", "capabilities": { "portMappings": true } } ] }
	JSON
	cat >"$node/containerd.toml" <<-TOML
		version = 3
		root = "$node/containerd"
		state = "$node/containerd.state"
		[grpc]
		  address = "$node/containerd.sock"
		[plugins.'io.containerd.cri.v1.images'.pinned_images]
		  sandbox = "$PAUSE"
		[plugins.'io.containerd.cri.v1.images'.registry]
		  config_path = "$node/certs.d"
		[plugins.'io.containerd.cri.v1.runtime']
		  restrict_oom_score_adj = true
		[plugins.'io.containerd.cri.v1.runtime'.cni]
		  bin_dirs = ["/usr/lib/cni"]
		  conf_dir = "$node/cni"
		[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
		  runtime_type = "io.containerd.runc.v2"
	TOML
}

write_kubelet() { # what isn't said is Kubernetes' default: how often secrets are looked at, above all
	cat >"$node/kubelet.yaml" <<-YAML
		apiVersion: kubelet.config.k8s.io/v1beta1
		kind: KubeletConfiguration
		containerRuntimeEndpoint: unix://$node/containerd.sock
		address: $NODE_ADDRESS
		podLogsDir: $node/logs
		cgroupDriver: cgroupfs
		makeIPTablesUtilChains: false # they would stay
		failSwapOn: false
		failCgroupV1: false
		enforceNodeAllocatable: []
		authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }
		authorization: { mode: AlwaysAllow }
		imageGCHighThresholdPercent: 100
		evictionHard: { memory.available: 1Mi }
	YAML
}
