package dev.sluice.route;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.NamePath;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Router}: the four steps of routing, in their order.
 */
class RouterTests {

	private static final String SLUICE = "sluice.corp.example:5050";

	private final AtomicReference<Set<RegistryName>> namedByCredentials = new AtomicReference<>(Set.of());

	private final Router router = new Router(RegistryList.withDefault(RegistryName.DOCKER_HUB)
		.list(RegistryName.parse("ghcr.io"))
		.list(RegistryName.parse("harbor.corp.example:8443"))
		.list(RegistryName.parse("localhost:5000"))
		.alias("harbor", RegistryName.parse("harbor.corp.example:8443"))
		.alias("hub.corp", RegistryName.DOCKER_HUB)
		.list(RegistryName.parse("lab"))
		.claim(RegistryName.parse("ghcr.mirror.example"), RegistryName.parse("ghcr.io"))
		.claim(RegistryName.parse("ghcr.mirror.example:5051"), RegistryName.parse("lab"))
		.claim(RegistryName.parse("tls.mirror.example:443"), RegistryName.parse("lab"))
		.own(RegistryName.parse("mirror.corp.example"))
		.namedByCredentials(this.namedByCredentials::get)
		.build());

	@Test
	void nsNamesTheRegistry() {
		assertThat(route("acme/app", "ghcr.io")).isEqualTo("ghcr.io/acme/app");
	}

	@Test
	void nsWinsOverHostAndPath() {
		assertThat(route("acme/app", "localhost:5000", "ghcr.mirror.example")).isEqualTo("localhost:5000/acme/app");
		assertThat(route("harbor/app", "ghcr.io")).isEqualTo("ghcr.io/harbor/app");
	}

	@Test
	void stripsThePrefixThatNamesTheSameRegistryAsNs() {
		assertThat(route("ghcr.io/acme/app", "ghcr.io")).isEqualTo("ghcr.io/acme/app");
		assertThat(route("docker.io/nginx", "index.docker.io")).isEqualTo("docker.io/library/nginx");
		assertThat(route("hub.corp/nginx", "docker.io")).isEqualTo("docker.io/library/nginx");
	}

	@Test
	void keepsAFirstSegmentThatNamesAnotherRegistryThanNs() {
		assertThat(route("quay.io/acme/app", "ghcr.io")).isEqualTo("ghcr.io/quay.io/acme/app");
	}

	@Test
	void keepsAPrefixThatNothingFollows() {
		assertThat(route("ghcr.io", "ghcr.io")).isEqualTo("ghcr.io/ghcr.io");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com",
			"DOCKER.IO" })
	void foldsDockerHubsAliasesInNs(String ns) {
		assertThat(route("nginx", ns)).isEqualTo("docker.io/library/nginx");
	}

	@Test
	void nsThatIsTheHostHeaderMeansNothing() {
		assertThat(route("ghcr.io/acme/app", SLUICE, SLUICE)).isEqualTo("ghcr.io/acme/app");
		assertThat(route("acme/app", SLUICE.toUpperCase(java.util.Locale.ROOT), SLUICE))
			.isEqualTo("docker.io/acme/app");
	}

	@Test
	void nsThatIsAConfiguredOwnNameMeansNothing() {
		assertThat(route("ghcr.io/acme/app", "mirror.corp.example")).isEqualTo("ghcr.io/acme/app");
	}

	@Test
	void anOwnNameWithoutAPortIsOwnOnEveryPortWhereNoRegistryIsListed() {
		assertThat(route("ghcr.io/acme/app", "mirror.corp.example:5050")).isEqualTo("ghcr.io/acme/app");
		this.namedByCredentials.set(Set.of(RegistryName.parse("mirror.corp.example:5000")));
		assertThat(route("acme/app", "mirror.corp.example:5000")).isEqualTo("mirror.corp.example:5000/acme/app");
	}

	@Test
	void nsThatIsTheHostHeaderStillLetsTheHostSpeak() {
		assertThat(route("acme/app", "ghcr.mirror.example", "ghcr.mirror.example")).isEqualTo("ghcr.io/acme/app");
	}

	@Test
	void anEmptyNsMeansNothing() {
		assertThat(route("ghcr.io/acme/app", "")).isEqualTo("ghcr.io/acme/app");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "ghcr.io:443", "ghcr.io:5000", "harbor.corp.example", "harbor",
			"169.254.169.254", "ghcr.io.evil.example" })
	void nsOutsideTheListIsUnknown(String ns) {
		assertNotListed(wanted("acme/app", ns, SLUICE)).withMessageContaining(ns)
			.withMessageContaining("sluice.upstreams");
	}

	@Test
	void malformedNsIsRefused() {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> route("acme/app", "https://x/"));
	}

	@Test
	void hostThatAnUpstreamClaimsNamesTheRegistry() {
		assertThat(route("acme/app", null, "ghcr.mirror.example")).isEqualTo("ghcr.io/acme/app");
		assertThat(route("harbor/app", null, "GHCR.mirror.example")).isEqualTo("ghcr.io/harbor/app");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghcr.mirror.example:5050", "ghcr.mirror.example:443", "GHCR.mirror.example:1",
			"ghcr.mirror.example.", "ghcr.mirror.example.:5050" })
	void aHostThatIsClaimedWithoutAPortIsClaimedOnEveryPort(String host) {
		assertThat(route("acme/app", null, host)).isEqualTo("ghcr.io/acme/app");
	}

	@Test
	void aHostThatIsClaimedWithItsPortComesFirst() {
		assertThat(route("acme/app", null, "ghcr.mirror.example:5051")).isEqualTo("lab/acme/app");
	}

	@Test
	void aHostThatIsClaimedWithADefaultPortIsMeantWithoutOne() {
		assertThat(route("acme/app", null, "tls.mirror.example")).isEqualTo("lab/acme/app");
		assertThat(route("acme/app", null, "tls.mirror.example:443")).isEqualTo("lab/acme/app");
	}

	@Test
	void hostThatNobodyClaimsMeansNothing() {
		assertThat(route("acme/app", null, "other.mirror.example:5050")).isEqualTo("docker.io/acme/app");
		assertThat(route("acme/app", null, "tls.mirror.example:5050")).isEqualTo("docker.io/acme/app");
		assertThat(route("acme/app", null, null)).isEqualTo("docker.io/acme/app");
		assertThat(route("acme/app", null, "not a host")).isEqualTo("docker.io/acme/app");
	}

	@ParameterizedTest
	@CsvSource({ "ghcr.io/acme/app, ghcr.io/acme/app", "GHCR.io/acme/app, ghcr.io/acme/app",
			"localhost:5000/app, localhost:5000/app", "harbor.corp.example:8443/a/b, harbor.corp.example:8443/a/b",
			"index.docker.io/nginx, docker.io/library/nginx", "docker.io/acme/app, docker.io/acme/app" })
	void listedFirstSegmentNamesTheRegistry(String path, String target) {
		assertThat(route(path, null)).isEqualTo(target);
	}

	@Test
	void aliasNamesTheRegistryIfSomethingFollows() {
		assertThat(route("harbor/acme/app", null)).isEqualTo("harbor.corp.example:8443/acme/app");
		assertThat(route("hub.corp/nginx", null)).isEqualTo("docker.io/library/nginx");
		assertThat(route("harbor", null)).isEqualTo("docker.io/library/harbor");
		assertThat(route("harbors/app", null)).isEqualTo("docker.io/harbors/app");
	}

	@Test
	void aConfiguredNameWithoutADotNamesTheRegistryIfSomethingFollows() {
		assertThat(route("lab/app", null)).isEqualTo("lab/app");
		assertThat(route("LAB/team/app", null)).isEqualTo("lab/team/app");
		assertThat(route("app", "lab")).isEqualTo("lab/app");
		assertThat(route("lab/app", null, "other.example")).isEqualTo("lab/app");
		assertThat(route("lab", null)).isEqualTo("docker.io/library/lab");
		assertThat(route("labs/app", null)).isEqualTo("docker.io/labs/app");
		assertThat(this.router.routeRegistry(wanted("lab", null, SLUICE))).hasToString("lab");
	}

	@Test
	void aNameWithoutADotThatOnlyACredentialNamesHidesNothing() {
		this.namedByCredentials.set(Set.of(RegistryName.parse("bitnami")));
		assertThat(route("bitnami/redis", null)).isEqualTo("docker.io/bitnami/redis");
		assertThat(route("redis", "bitnami")).isEqualTo("bitnami/redis");
	}

	@Test
	void withoutADefaultARequestThatNamesNoRegistryIsUnknown() {
		Router closed = new Router(RegistryList.withoutDefault().list(RegistryName.parse("lab")).build());
		assertThat(closed.route(wanted("lab/app", null, SLUICE))).hasToString("lab/app");
		assertNotListed(closed, wanted("acme/app", null, SLUICE)).withMessageContaining("'acme/app' names no registry")
			.withMessageContaining("sluice.default-upstream is none");
		assertNotListed(closed, wanted("lab", null, SLUICE)).withMessageContaining("a repository must follow");
		assertThatExceptionOfType(RequestException.RegistryNotListed.class)
			.isThrownBy(() -> closed.routeRegistry(wanted("", null, SLUICE)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example/acme/app", "evil.example", "ghcr.io:443/acme/app", "localhost/app",
			"host:5000/app", "10.0.0.1/app", "a.b", "..:x/app" })
	void hostLikeFirstSegmentNeverFallsThroughToTheDefault(String path) {
		assertNotListed(wanted(path, null, SLUICE)).withMessageContaining(path.split("/")[0]);
	}

	@Test
	void aRegistryAloneIsNoRepository() {
		assertNotListed(wanted("ghcr.io", null, SLUICE)).withMessageContaining("a repository must follow");
	}

	@Test
	void anythingElseIsTheDefaults() {
		assertThat(route("acme/app", null)).isEqualTo("docker.io/acme/app");
		assertThat(route("nginx", null)).isEqualTo("docker.io/library/nginx");
	}

	@Test
	void libraryIsAddedForDockerHubAlone() {
		assertThat(route("ghcr.io/app", null)).isEqualTo("ghcr.io/app");
		assertThat(route("app", "ghcr.io")).isEqualTo("ghcr.io/app");
		assertThat(route("library/nginx", null)).isEqualTo("docker.io/library/nginx");
	}

	@Test
	void credentialsListRegistriesAsTheyComeAndGo() {
		assertNotListed(wanted("new.example/acme/app", null, SLUICE));
		this.namedByCredentials.set(Set.of(RegistryName.parse("new.example")));
		assertThat(route("new.example/acme/app", null)).isEqualTo("new.example/acme/app");
		assertThat(route("acme/app", "new.example")).isEqualTo("new.example/acme/app");
		this.namedByCredentials.set(Set.of());
		assertNotListed(wanted("acme/app", "new.example", SLUICE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Acme/app", "acme/../app", "ghcr.io/Acme/app", "ghcr.io/ghcr.io:5/app", "acme/app:1" })
	void malformedRepositoryIsRefused(String path) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> route(path, null))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NAME_INVALID));
	}

	@Test
	void findsTheRegistryOfACatalog() {
		assertThat(this.router.routeRegistry(wanted("", null, SLUICE))).hasToString("docker.io");
		assertThat(this.router.routeRegistry(wanted("ghcr.io", null, SLUICE))).hasToString("ghcr.io");
		assertThat(this.router.routeRegistry(wanted("ghcr.io", "ghcr.io", SLUICE))).hasToString("ghcr.io");
		assertThat(this.router.routeRegistry(wanted("harbor", null, SLUICE))).hasToString("harbor.corp.example:8443");
		assertThat(this.router.routeRegistry(wanted("", "ghcr.io", SLUICE))).hasToString("ghcr.io");
		assertThat(this.router.routeRegistry(wanted("", null, "ghcr.mirror.example"))).hasToString("ghcr.io");
	}

	@Test
	void catalogOfAnythingButAListedRegistryIsRefused() {
		assertThatExceptionOfType(RequestException.RegistryNotListed.class)
			.isThrownBy(() -> this.router.routeRegistry(wanted("evil.example", null, SLUICE)));
		assertThatExceptionOfType(RequestException.Malformed.class)
			.isThrownBy(() -> this.router.routeRegistry(wanted("acme", null, SLUICE)));
		assertThatExceptionOfType(RequestException.Malformed.class)
			.isThrownBy(() -> this.router.routeRegistry(wanted("ghcr.io/acme", null, SLUICE)));
	}

	private org.assertj.core.api.ThrowableAssertAlternative<RequestException.RegistryNotListed> assertNotListed(
			Wanted wanted) {
		return assertNotListed(this.router, wanted);
	}

	private static org.assertj.core.api.ThrowableAssertAlternative<RequestException.RegistryNotListed> assertNotListed(
			Router router, Wanted wanted) {
		return assertThatExceptionOfType(RequestException.RegistryNotListed.class)
			.isThrownBy(() -> router.route(wanted))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NAME_UNKNOWN));
	}

	private String route(String path, @Nullable String ns) {
		return route(path, ns, SLUICE);
	}

	private String route(String path, @Nullable String ns, @Nullable String host) {
		return this.router.route(wanted(path, ns, host)).toString();
	}

	private static Wanted wanted(String path, @Nullable String ns, @Nullable String host) {
		return new Wanted(new NamePath(Arrays.stream(path.split("/")).filter((it) -> !it.isEmpty()).toList()), ns,
				host);
	}

}
