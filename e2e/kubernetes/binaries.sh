# shellcheck shell=bash
# What a one-node Kubernetes is made of, built from public Go modules into the cache, once a version.

readonly KUBERNETES_VERSION=1.34.1 CONTAINERD_VERSION=2.4.0
readonly KUBERNETES_COMMANDS=(k8s.io/kubernetes/cmd/{kube-apiserver,kube-controller-manager,kube-scheduler,kubelet,kube-proxy,kubectl})
readonly CONTAINERD_COMMANDS=(github.com/containerd/containerd/v2/cmd/{containerd,ctr,containerd-shim-runc-v2})
readonly KUBERNETES_CACHE=${SLUICE_CACHE:-$HOME/.cache/sluice}/kubernetes
readonly BINARIES=$KUBERNETES_CACHE/$KUBERNETES_VERSION-$CONTAINERD_VERSION

build_binaries() { # takes minutes the first time
	mkdir -p "$BINARIES"
	are_built "${CONTAINERD_COMMANDS[@]}" || CGO_ENABLED=0 GOBIN=$BINARIES go install -ldflags "-s -w" \
		"${CONTAINERD_COMMANDS[@]/%/@v$CONTAINERD_VERSION}"
	are_built "${KUBERNETES_COMMANDS[@]}" || build_kubernetes
	are_built pause || build_pause
}

are_built() { # <package …>
	local package
	for package in "$@"; do
		[[ -x $BINARIES/${package##*/} ]] || return
	done
}

build_kubernetes() { # stamped with its version, which Helm charts ask for
	local module=$KUBERNETES_CACHE/module-$KUBERNETES_VERSION stamp=k8s.io/component-base/version
	[[ -f $module/go.mod ]] || write_module "$module"
	(
		cd "$module"
		go get "${KUBERNETES_COMMANDS[@]/%/@v$KUBERNETES_VERSION}"
		CGO_ENABLED=0 go build -o "$BINARIES/" -ldflags "-s -w -X $stamp.gitVersion=v$KUBERNETES_VERSION \
			-X $stamp.gitMajor=1 -X $stamp.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")" "${KUBERNETES_COMMANDS[@]}"
	)
}

write_module() { # <directory>: Kubernetes names its own libraries by relative paths, which exist only in its tree
	local original libraries=0.${KUBERNETES_VERSION#1.}
	original=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES_VERSION" | jq -er .GoMod)
	mkdir -p "$1"
	{
		printf 'module cluster\n\ngo 1.24.0\n\nrequire k8s.io/kubernetes v%s\n' "$KUBERNETES_VERSION"
		grep -oE 'k8s.io/[a-z-]+ => ./staging' "$original" | awk -v v="$libraries" '{print "replace " $1 " => " $1 " v" v}' | sort -u
	} >"$1/go.mod.new"
	mv "$1/go.mod.new" "$1/go.mod"
}

build_pause() { # holds a pod's namespaces
	local source=$KUBERNETES_CACHE/pause
	mkdir -p "$source"
	cat >"$source/main.go" <<-'GO'
		package main

		import (
			"os"
			"os/signal"
			"syscall"
		)

		func main() {
			ended := make(chan os.Signal, 1)
			signal.Notify(ended, syscall.SIGINT, syscall.SIGTERM)
			<-ended
		}
	GO
	(cd "$source" && CGO_ENABLED=0 go build -ldflags "-s -w" -o "$BINARIES/pause" main.go)
}
