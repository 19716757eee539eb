# shellcheck shell=bash
# A chart lies in a registry beside the images.

readonly CHARTS=$UPSTREAM/charts

push_chart() { # to the upstream itself
	mkdir "$work/parcel" "$work/charts"
	printf '%s\n' "apiVersion: v2" "name: parcel" "version: 1.0.0" >"$work/parcel/Chart.yaml"
	helm package "$work/parcel" --destination "$work"
	helm push "$work/parcel-1.0.0.tgz" "oci://127.0.0.1:$corp_port/charts" \
		--ca-file "$tls/ca.crt" --username "$UPSTREAM_USER" --password "$corp_password"
}

helm_pull() { # <chart>:<version>
	bounded helm pull "oci://$1" --plain-http --destination "$work/charts"
}

helm_pulls() { # <chart>:<version>
	local said
	said=$(helm_pull "$1" 2>&1)
	expect_contains "$said" "Digest: $(straight "$corp_port" "$corp_password" charts/parcel/manifests/1.0.0 | sha256)"
	cmp "$work/parcel-1.0.0.tgz" "$work/charts/parcel-1.0.0.tgz"
}
