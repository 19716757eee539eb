# shellcheck shell=bash
# Steps, background processes and conditions.

passed=0
failed=0
started=()
declare -A pid_of=()

step() { # <title> <command …>: runs it in a subshell that stops at its first failing command
	local title=$1 output status
	shift
	set +e
	output=$(set -e && "$@" 2>&1)
	status=$?
	set -e
	if ((status == 0)); then
		passed=$((passed + 1))
		echo "ok   $title"
	else
		failed=$((failed + 1))
		echo "FAIL $title (status $status)"
		indent <<<"$output"
	fi
}

indent() {
	sed 's/^/     | /'
}

expect_equal() { # <what> <expected> <actual>
	[[ $2 == "$3" ]] || fail "$1 differs:"$'\n'"expected: $2"$'\n'"actual:   $3"
}

expect_contains() { # <text> <part>
	[[ $1 == *"$2"* ]] || fail "\"$2\" is missing in:"$'\n'"$1"
}

fail() {
	echo "$1" >&2
	return 1
}

within() { # <seconds> <command …>: repeats it until it succeeds
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		((SECONDS < end)) || fail "not within the time allowed: $1" || return
		sleep 0.2
	done
}

bounded() { # <command …>: status 124 if it takes more than a minute
	timeout 60 "$@"
}

start() { # <name> <command …>: in the background, its output in $logs/<name>.log
	local name=$1
	shift
	"$@" >>"$logs/$name.log" 2>&1 </dev/null &
	pid_of[$name]=$!
	started+=("$name")
}

stop() { # <name>
	kill "${pid_of[$1]}" 2>/dev/null || true
	wait "${pid_of[$1]}" 2>/dev/null || true
}

stop_all() { # the last started first
	local i
	for ((i = ${#started[@]} - 1; i >= 0; i--)); do
		stop "${started[i]}"
	done
}

free_ports() { # <count>: prints as many loopback ports that nothing listens on
	python3 - "$1" <<-'PYTHON'
		import socket, sys
		sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
		print(*(s.getsockname()[1] for s in sockets))
	PYTHON
}
