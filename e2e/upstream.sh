# shellcheck shell=bash
# Two private registries with TLS and htpasswd on $upstream_host: registry.example.test and Docker Hub's stand-in.

readonly MANIFEST_TYPES="application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json"
readonly UPSTREAM_USER=sluice

make_certificates() { # a CA, and a certificate signed by it, for $upstream_host and for AWS's stand-in
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=e2e CA" \
		-keyout "$work/ca.key" -out "$tls/ca.crt"
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$upstream_host" \
		-keyout "$work/server.key" -out "$work/server.csr"
	openssl x509 -req -in "$work/server.csr" -CA "$tls/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
		-extfile <(echo "subjectAltName=IP:$upstream_host,DNS:api.ecr.eu-west-1.amazonaws.com") -out "$work/server.crt"
}

start_upstream() { # <name> <port> <password>
	htpasswd -bBn "$UPSTREAM_USER" "$3" >"$work/$1.htpasswd"
	cat >"$work/$1.yml" <<-YAML
		version: 0.1
		log: { level: error, accesslog: { disabled: true } }
		storage: { filesystem: { rootdirectory: $work/$1 } }
		http:
		  addr: $upstream_host:$2
		  tls: { certificate: $work/server.crt, key: $work/server.key }
		auth: { htpasswd: { realm: $1, path: $work/$1.htpasswd } }
	YAML
	start "$1" env OTEL_TRACES_EXPORTER=none registry serve "$work/$1.yml"
	within 20 straight "$2" "$3" ""
}

straight() { # <port> <password> <path under /v2/>: what the upstream itself answers
	curl -fsS --cacert "$tls/ca.crt" -u "$UPSTREAM_USER:$2" -H "Accept: $MANIFEST_TYPES" "https://$upstream_host:$1/v2/$3"
}

push() { # <port> <password> <repository>
	skopeo copy --quiet --all --dest-cert-dir "$tls" --dest-creds "$UPSTREAM_USER:$2" \
		"oci:$work/image:1" "docker://$upstream_host:$1/$3:1"
}

corp_manifest() { # <tag or digest>
	straight "$corp_port" "$corp_password" "$REPOSITORY/manifests/$1"
}

corp_blob() { # <digest>
	straight "$corp_port" "$corp_password" "$REPOSITORY/blobs/$1"
}

sha256() { # of standard input, as a digest
	echo "sha256:$(sha256sum | cut -d' ' -f1)"
}

expect_image() { # learns from the upstream what every client has to end up with
	local architecture child
	architecture=$(dpkg --print-architecture)
	index_digest=$(corp_manifest 1 | sha256)
	manifest_digest=$(corp_manifest 1 | jq -r --arg a "$architecture" '.manifests[] | select(.platform.architecture == $a).digest')
	config_digest=$(corp_manifest "$manifest_digest" | jq -r .config.digest)
	layer_digests=$(corp_manifest "$manifest_digest" | jq -r '.layers[].digest')
	diff_ids=$(corp_blob "$config_digest" | jq -r '.rootfs.diff_ids[]')
	platform_digests=$(sort -u <<<"$index_digest"$'\n'"$manifest_digest"$'\n'"$config_digest"$'\n'"$layer_digests")
	all_digests=$({
		echo "$index_digest"
		for child in $(corp_manifest 1 | jq -r '.manifests[].digest'); do
			echo "$child"
			corp_manifest "$child" | jq -r '.config.digest, .layers[].digest'
		done
	} | sort -u)
}
