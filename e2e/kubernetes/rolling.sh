# shellcheck shell=bash
# Every replica is replaced while clients pull, one of them so slowly that its pull began before and ends after.

readonly SLOW_RATE=500k # 20 MB in about 40 s

rolling() {
	start_loops
	start slow-pull slow_pull
	step "chart: rolls its replicas" timed "the replicas are rolled" roll
	end_loops
	wait "${pid_of[slow-pull]}" || true # its bytes tell
	step "sluice: no pull is lost while its replicas roll" expect_nothing_lost "While the replicas rolled"
	step "sluice: a slow pull from a replica that ends is whole" slow_pull_was_whole
}

roll() { # until the last old replica is gone
	local old
	old=$(replicas get pods -o name)
	within 10 test -s "$work/slow"
	kubectl -n "$NAMESPACE" rollout restart deployment/sluice
	kubectl -n "$NAMESPACE" rollout status deployment/sluice --timeout 3m
	# shellcheck disable=SC2086 # several names
	kubectl -n "$NAMESPACE" wait --for delete --timeout 150s $old
}

slow_pull() { # goes on where it was when it hears nothing more, as containerd does
	local url=http://127.0.0.1:$NODE_PORT/v2/acme/loop digest attempt
	digest=$(curl -fsS "$url/manifests/1?ns=$UPSTREAM" | jq -r '.layers[0].digest')
	for attempt in 1 2 3; do
		echo "$digest $attempt" >"$work/slow.attempt"
		curl -sS --limit-rate "$SLOW_RATE" --speed-limit 1 --speed-time 20 --continue-at - -o "$work/slow" \
			"$url/blobs/$digest?ns=$UPSTREAM" && break
	done
}

slow_pull_was_whole() {
	local digest attempt
	read -r digest attempt <"$work/slow.attempt"
	figure "While the replicas rolled, a pull at ${SLOW_RATE}B/s: attempt $attempt of 3 was whole"
	expect_equal digest "$digest" "$(sha256 <"$work/slow")"
}
