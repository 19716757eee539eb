# Builds Sluice and puts it on a JRE: docker build -t sluice .
# Works with BuildKit and with the classic builder alike.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# What the build downloads depends on the POM alone, so it is a layer of its own
COPY pom.xml .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspring-javaformat.skip=true -Djacoco.skip=true -Dspring-boot.repackage.skip=true package
COPY src/main src/main
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspring-javaformat.skip=true -Djacoco.skip=true package && \
    java -Djarmode=tools -jar target/sluice-*.jar extract --layers --application-filename sluice.jar --destination layers
# Native libraries lie beside the jars, so that nothing has to be unpacked at run time into a
# directory that is writable and executable. Those of other platforms are left out.
RUN mkdir native && cd native && \
    for jar in ../layers/dependencies/lib/*-linux-"$(uname -m | sed s/aarch64/aarch_64/)".jar; do \
      jar --extract --file "$jar" META-INF/native; \
    done && \
    mv META-INF/native/*.so . && ls libnetty_transport_native_epoll_* libnetty_tcnative_* && \
    rm -r META-INF ../layers/dependencies/lib/*-linux-*.jar && \
    rm -f ../layers/dependencies/lib/*-osx-*.jar ../layers/dependencies/lib/*-windows-*.jar


FROM eclipse-temurin:25-jre
# sluice.yml and certificates may be mounted at /etc/sluice, a Docker configuration directory at /docker.
# Sluice listens for other machines here, which it only does where SLUICE_ACCESS_OPEN=true says that this is meant.
ENV SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_ADDRESS=0.0.0.0 \
    DOCKER_CONFIG=/docker \
    HOME=/tmp
WORKDIR /opt/sluice
COPY LICENSE docker/healthcheck docker/jvm.options ./
COPY --from=build /build/native native/
COPY --from=build /build/layers/dependencies ./
COPY --from=build /build/layers/snapshot-dependencies ./
COPY --from=build /build/layers/application ./
# A start of the very program with the very options trains a cache that later starts load their classes from
RUN ["/bin/bash", "-c", "java @jvm.options -Xmx256m -XX:AOTCacheOutput=sluice.aot -Dserver.address=127.0.0.1 -jar /opt/sluice/sluice.jar & for i in {1..120}; do sleep 1; ./healthcheck && served=yes && break; done; kill $! && wait $!; test -n \"$served\" -a -s sluice.aot"]
# Where sluice.yml is looked for
WORKDIR /etc/sluice
USER 65532:65532
EXPOSE 5050 5051
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s --retries=3 CMD ["/opt/sluice/healthcheck"]
# More options: JAVA_TOOL_OPTIONS
ENTRYPOINT ["java", "@/opt/sluice/jvm.options", "-XX:AOTCache=/opt/sluice/sluice.aot", "-jar", "/opt/sluice/sluice.jar"]

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
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre"
