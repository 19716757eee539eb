# shellcheck shell=bash
# Stand-ins of the same names for the public images that Sluice's own is built on, where no image can be pulled:
# Debian with this machine's JDK and Maven to build on, and what distroless has of Debian to run on. The Debian is
# kept in the cache.

readonly BUILD_BASE=maven:3.9-eclipse-temurin-25
readonly RUNTIME_BASE=gcr.io/distroless/base-nossl-debian12
readonly DEBIAN_BASE=debian:bookworm-slim
readonly DEBIAN_TAR=${SLUICE_CACHE:-$HOME/.cache/sluice}/debian-bookworm.tar

image_exists() { # <image>
	docker image inspect "$1" >/dev/null 2>&1
}

make_bases() { # <java home>: those that the engine lacks
	local context
	context=$(mktemp -d)
	image_exists "$RUNTIME_BASE" || make_runtime_base "$context"
	image_exists "$BUILD_BASE" || make_build_base "$1" "$context"
	rm -rf "$context"
}

fetch_debian() {
	local root
	[[ ! -f $DEBIAN_TAR ]] || return 0
	root=$(mktemp -d)
	debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { cat "$root.log" && return 1; }
	rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root.log"
	mkdir -p "$(dirname "$DEBIAN_TAR")"
	tar -C "$root" -cf "$DEBIAN_TAR.part" .
	mv "$DEBIAN_TAR.part" "$DEBIAN_TAR"
	rm -rf "$root"
}

make_runtime_base() { # <directory to work in>: glibc, time zones and certificates, and no program
	local root=$1/runtime
	fetch_debian
	mkdir -p "$root/tmp" "$root/etc/ssl/certs" "$root/home/nonroot"
	chmod 1777 "$root/tmp"
	tar -C "$root" -xf "$DEBIAN_TAR" --wildcards ./lib ./lib64 ./usr/lib64 ./etc/nsswitch.conf ./usr/share/zoneinfo \
		'./usr/lib/*-linux-gnu/ld-linux-*.so.*' './usr/lib/*-linux-gnu/lib'{c,m,dl,rt,pthread,resolv,util,nss_dns,nss_files}'.so.*'
	printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >"$root/etc/passwd"
	printf '%s\n' root:x:0: nonroot:x:65532: >"$root/etc/group"
	cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
	tar -C "$root" -c . | docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
		--change 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt' - "$RUNTIME_BASE"
}

make_build_base() { # <java home> <directory to work in>
	local root=$2/jdk
	fetch_debian
	image_exists "$DEBIAN_BASE" || docker import --change 'CMD ["bash"]' "$DEBIAN_TAR" "$DEBIAN_BASE"
	mkdir -p "$root/opt/java" "$root/usr/share" "$root/usr/bin" "$root/etc/ssl/certs"
	cp -a "$1" "$root/opt/java/openjdk"
	rm -f "$root/opt/java/openjdk/lib/src.zip"
	cp -rL "$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")" "$root/usr/share/maven"
	ln -s ../share/maven/bin/mvn "$root/usr/bin/mvn"
	# What this machine trusts, for OpenSSL and for Java
	cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
	[[ ! -f /etc/ssl/certs/java/cacerts ]] || cp --remove-destination /etc/ssl/certs/java/cacerts \
		"$root/opt/java/openjdk/lib/security/cacerts"
	cat >"$root/Dockerfile" <<-DOCKERFILE
		FROM $DEBIAN_BASE
		ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
		COPY . /
		RUN rm /Dockerfile
	DOCKERFILE
	DOCKER_BUILDKIT=0 docker build --quiet --tag "$BUILD_BASE" "$root" 2>/dev/null
}
