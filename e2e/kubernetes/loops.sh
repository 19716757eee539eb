# shellcheck shell=bash
# Clients that pull over and over while something happens, and what it took.

start_loops() {
	rm -f "$work/enough"
	start crane-loop pull_over_and_over crane crane_pull
	start containerd-loop pull_over_and_over containerd containerd_pull
}

end_loops() {
	touch "$work/enough"
	wait "${pid_of[crane-loop]}" "${pid_of[containerd-loop]}"
}

pull_over_and_over() { # <name> <command>: its counts go to $work/<name>.count
	local pulled=0 retried=0 lost=0
	until [[ -e $work/enough ]]; do
		if "$2" >"$work/$1.said" 2>&1; then
			pulled=$((pulled + 1))
		elif date -u && cat "$work/$1.said" && sleep 1 && "$2"; then
			retried=$((retried + 1))
		else
			lost=$((lost + 1))
		fi
		echo "$pulled pulled at once, $retried after a retry, $lost lost" >"$work/$1.count"
		sleep 0.2
	done
}

crane_pull() {
	bounded crane pull "127.0.0.1:$NODE_PORT/$UPSTREAM/acme/loop:1" "$work/crane.tar"
}

containerd_pull() { # by hosts.toml, into an empty namespace
	bounded ctr -a "$node/containerd.sock" -n loop images pull --hosts-dir "$node/certs.d" "$UPSTREAM/acme/loop:1" &&
		bounded ctr -a "$node/containerd.sock" -n loop images rm --sync "$UPSTREAM/acme/loop:1"
}

expect_nothing_lost() { # <while what>
	local name
	for name in crane containerd; do
		figure "$1, $name: $(<"$work/$name.count")"
		expect_contains "$(<"$work/$name.count")" ", 0 lost"
	done
}

timed() { # <what> <command …>: its seconds are printed at the end
	local begun=$EPOCHREALTIME
	"${@:2}"
	figure "$1 after $(seconds_since "$begun") s"
}

seconds_since() { # <EPOCHREALTIME>
	awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'
}

figure() { # a line to be printed at the end
	echo "     $1" >>"$work/figures"
}
