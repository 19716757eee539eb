# shellcheck shell=bash
# The registry, and the clients that Debian lacks: built from their public Go modules, once a version, into the cache.

readonly TOOLS=${SLUICE_CACHE:-$HOME/.cache/sluice}/bin
declare -rA PROGRAMS=( # file in TOOLS → package@version; the 2 is containerd's, beside Debian's 1.6
	[registry]=github.com/distribution/distribution/v3/cmd/registry@v3.1.2
	[crane]=github.com/google/go-containerregistry/cmd/crane@v0.22.1
	[regctl]=github.com/regclient/regclient/cmd/regctl@v0.11.7
	[helm]=helm.sh/helm/v3/cmd/helm@v3.19.2
	[kubeconform]=github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0
	[docker-compose]=github.com/docker/compose/v2/cmd@v2.40.3
	[buildctl]=github.com/moby/buildkit/cmd/buildctl@v0.28.0
	[buildkitd]=github.com/moby/buildkit/cmd/buildkitd@v0.28.0
	[containerd2]=github.com/containerd/containerd/v2/cmd/containerd@v2.4.0
	[ctr2]=github.com/containerd/containerd/v2/cmd/ctr@v2.4.0
)

build_programs() {
	local file begun
	for file in "${!PROGRAMS[@]}"; do
		is_built "$TOOLS/$file" "${PROGRAMS[$file]}" && continue
		begun=$SECONDS
		build_program "$TOOLS/$file" "${PROGRAMS[$file]}"
		echo "Built $file of ${PROGRAMS[$file]} in $((SECONDS - begun)) s"
	done
}

is_built() { # <file> <package>@<version>
	[[ -x $1 ]] && go version -m "$1" | awk -v package="${2%@*}" -v version="${2#*@}" '
		($1 == "mod" || $1 == "dep") && index(package, $2) == 1 && $3 == version { found = 1 }
		END { exit !found }'
}

build_program() ( # <file> <package>@<version>: from an empty module, because go install refuses those that replace modules
	module=$(mktemp -d)
	trap 'rm -rf "$module"' EXIT
	cd "$module"
	go mod init program 2>/dev/null
	go get "$2" 2>get.log || { cat get.log && exit 1; }
	CGO_ENABLED=0 nice go build -p 2 -ldflags "-s -w" -o "$1" "${2%@*}"
)
