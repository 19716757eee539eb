# shellcheck shell=bash
# Stand-ins of the same names for the public images that Sluice's own is built on, where no image can be pulled:
# Debian, with this machine's JDK, Maven and the certificates it trusts. The Debian is kept in the cache.

readonly BUILD_BASE=maven:3.9-eclipse-temurin-25
readonly RUNTIME_BASE=eclipse-temurin:25-jre
readonly DEBIAN_BASE=debian:bookworm-slim
readonly JRE_MODULES=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,\
jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.security.jgss,\
jdk.unsupported,jdk.zipfs

image_exists() { # <image>
	docker image inspect "$1" >/dev/null 2>&1
}

make_bases() { # <java home>: those that the engine lacks
	local context
	context=$(mktemp -d)
	image_exists "$DEBIAN_BASE" || make_debian
	image_exists "$RUNTIME_BASE" || make_runtime_base "$1" "$context"
	image_exists "$BUILD_BASE" || make_build_base "$1" "$context"
	rm -rf "$context"
}

make_debian() {
	local kept=${SLUICE_CACHE:-$HOME/.cache/sluice}/debian-bookworm.tar root
	if [[ ! -f $kept ]]; then
		root=$(mktemp -d)
		debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { cat "$root.log" && return 1; }
		rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root.log"
		mkdir -p "$(dirname "$kept")"
		tar -C "$root" -cf "$kept.part" .
		mv "$kept.part" "$kept"
		rm -rf "$root"
	fi
	docker import --change 'CMD ["bash"]' "$kept" "$DEBIAN_BASE"
}

make_runtime_base() { # <java home> <directory to work in>
	"$1/bin/jlink" --add-modules "$JRE_MODULES" --strip-debug --no-man-pages --no-header-files --generate-cds-archive \
		--output "$2/jre/opt/java/openjdk"
	add_certificates "$2/jre"
	build_base "$RUNTIME_BASE" "$2/jre"
}

make_build_base() { # <java home> <directory to work in>
	mkdir -p "$2/jdk/opt/java" "$2/jdk/usr/share" "$2/jdk/usr/bin"
	cp -a "$1" "$2/jdk/opt/java/openjdk"
	rm -f "$2/jdk/opt/java/openjdk/lib/src.zip"
	cp -rL "$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")" "$2/jdk/usr/share/maven"
	ln -s ../share/maven/bin/mvn "$2/jdk/usr/bin/mvn"
	add_certificates "$2/jdk"
	build_base "$BUILD_BASE" "$2/jdk"
}

add_certificates() { # <root directory>: what this machine trusts, for OpenSSL and for Java
	mkdir -p "$1/etc/ssl/certs"
	cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
	[[ ! -f /etc/ssl/certs/java/cacerts ]] || cp --remove-destination /etc/ssl/certs/java/cacerts \
		"$1/opt/java/openjdk/lib/security/cacerts"
}

build_base() { # <image> <root directory>: lays it over Debian
	cat >"$2/Dockerfile" <<-DOCKERFILE
		FROM $DEBIAN_BASE
		ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
		COPY . /
		RUN rm /Dockerfile
	DOCKERFILE
	DOCKER_BUILDKIT=0 docker build --quiet --tag "$1" "$2" 2>/dev/null
}
