# shellcheck shell=bash
# What any client that keeps files by digest has to hold.

expect_blobs() { # <directory of sha256 blobs> <digests wanted, sorted>: names and contents
	expect_equal "set of blobs" "$2" "$(find "$1" -type f -printf 'sha256:%f\n' | sort)"
	(cd "$1" && find . -type f -printf '%f  %f\n' | sha256sum --check --quiet)
}
