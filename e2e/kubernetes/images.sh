# shellcheck shell=bash
# Private images that run: a program that waits, and 20 MB of their own that no compression shrinks.

push_image() { # <name>: as acme/<name>:1
	local content=$work/image-$1 image=$UPSTREAM/acme/$1:1
	mkdir "$content"
	cp "$BINARIES/pause" "$content/app"
	head -c 20M /dev/urandom >"$content/data"
	tar -C "$content" -c . | docker import --change 'ENTRYPOINT ["/app"]' --change 'USER 65532' - "$image"
	docker save "$image" -o "$content.tar"
	docker image rm "$image"
	skopeo copy --quiet --dest-cert-dir "$tls" --dest-creds "$UPSTREAM_USER:$corp_password" \
		"docker-archive:$content.tar" "docker://$upstream_host:$corp_port/acme/$1:1"
	rm -r "$content" "$content.tar"
}

runs() { # <name>: a pod of that image gets ready
	kubectl run "$1" --image "$UPSTREAM/acme/$1:1" --image-pull-policy Always --restart Never
	kubectl wait "pod/$1" --for condition=Ready --timeout 60s
	expect_equal imagePullSecrets "" "$(kubectl get pod "$1" -o jsonpath='{.spec.imagePullSecrets}')"
}
