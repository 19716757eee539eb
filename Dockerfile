# Builds Sluice and puts it on a runtime of the Java modules that it uses, with no shell and no
# package manager: docker build -t sluice .
# Works with BuildKit and with the classic builder alike. Both bases may come from a mirror and be
# pinned: --build-arg RUNTIME_BASE=mirror.corp.example/distroless/base-nossl-debian12@sha256:…
ARG BUILD_BASE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_BASE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_BASE} AS build
WORKDIR /build
# The modules that Sluice and its libraries use, and jcmd, which a container without a shell runs as well
RUN jlink --add-modules java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.cryptoki,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
      --strip-java-debug-attributes --no-man-pages --no-header-files --compress zip-6 --generate-cds-archive --output /opt/jre && \
    rm /opt/jre/lib/server/classes_nocoops.jsa
# What the build downloads depends on the POM alone, so it is a layer of its own
COPY pom.xml .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspring-javaformat.skip=true -Djacoco.skip=true -Dspring-boot.repackage.skip=true package
COPY src/main src/main
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspring-javaformat.skip=true -Djacoco.skip=true package && \
    java -Djarmode=tools -jar target/sluice-*.jar extract --application-filename sluice.jar --destination /opt/sluice
# Native libraries lie beside the jars, so that nothing has to be unpacked at run time into a
# directory that is writable and executable. Those of other platforms are left out.
RUN mkdir /opt/sluice/native && cd /opt/sluice/native && \
    for jar in ../lib/*-linux-"$(uname -m | sed s/aarch64/aarch_64/)".jar; do \
      jar --extract --file "$jar" META-INF/native; \
    done && \
    mv META-INF/native/*.so . && ls libnetty_transport_native_epoll_* libnetty_tcnative_* && \
    rm -r META-INF ../lib/*-linux-*.jar && \
    rm -f ../lib/*-osx-*.jar ../lib/*-windows-*.jar
# A start of the very program with the very options trains a cache that later starts load their classes from
WORKDIR /opt/sluice
COPY docker/jvm.options ./
RUN PATH=/opt/jre/bin:$PATH; \
    java @jvm.options -Xmx256m -XX:AOTCacheOutput=sluice.aot -Dserver.address=127.0.0.1 -jar /opt/sluice/sluice.jar & \
    for i in $(seq 120); do \
      sleep 1; java -cp sluice.jar dev.sluice.cli.HealthCheck && served=yes && break; \
    done; \
    kill $! && wait $!; test -n "$served" -a -s sluice.aot
# Where blobs are kept: its user's, and its group's for whoever runs it as another user of that group
RUN mkdir -p /opt/cache/sluice && chmod 0770 /opt/cache/sluice


FROM ${RUNTIME_BASE}
# sluice.yml and certificates may be mounted at /etc/sluice, a Docker configuration directory at /docker.
# Blobs are kept in /var/cache/sluice: mount a volume there, or they go with the container. It counts as a default, so
# that sluice.yml may name another place, and Sluice starts without a store where it can't have this one.
# Sluice listens for other machines here, which it only does where SLUICE_ACCESS_OPEN=true says that this is meant.
ENV SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_ADDRESS=0.0.0.0 \
    DOCKER_CONFIG=/docker \
    XDG_CACHE_HOME=/var/cache \
    HOME=/tmp \
    LANG=C.UTF-8 \
    PATH=/opt/jre/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/sluice/native /opt/sluice/native
COPY --from=build /opt/sluice/lib /opt/sluice/lib
COPY LICENSE docker/jvm.options /opt/sluice/
COPY --from=build --chown=65532:65532 /opt/cache/ /var/cache/
COPY --from=build /opt/sluice/sluice.jar /opt/sluice/sluice.aot /opt/sluice/
# Where sluice.yml is looked for
WORKDIR /etc/sluice
USER 65532:65532
EXPOSE 5050 5051
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "/opt/sluice/sluice.jar", "dev.sluice.cli.HealthCheck"]
# More options: JAVA_TOOL_OPTIONS
ENTRYPOINT ["java", "@/opt/sluice/jvm.options", "-XX:AOTCache=/opt/sluice/sluice.aot", "-jar", "/opt/sluice/sluice.jar"]

ARG RUNTIME_BASE
ARG VERSION=development
ARG REVISION=unknown
# RFC 3339; empty unless given, so that the same sources make the same image
ARG CREATED=
LABEL org.opencontainers.image.title="Sluice" \
      org.opencontainers.image.description="An authenticating pull-through OCI registry proxy" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.base.name="$RUNTIME_BASE"
