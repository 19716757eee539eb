package dev.sluice.credential.kubernetes;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.ApiServer;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.SecretMount;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Secrets are followed through the Kubernetes API, and nothing that is wrong with it
 * costs a login.
 */
class WatchedSecretsTests {

	private static final RegistryName REGISTRY = RegistryName.parse("r.example");

	private static final Map<String, String> CHOSEN = Map.of("use", "sluice");

	private static final SecretSelection BY_LABEL = new SecretSelection(null, "use=sluice", null);

	private static final SecretSelection BY_ACCOUNT = new SecretSelection(null, null, "puller");

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final LogCapture log = LogCapture.asUsersSeeIt();

	private final ApiServer api = ApiServer.start();

	private @Nullable WatchedSecrets source;

	@AfterEach
	void close() {
		if (this.source != null) {
			this.source.close();
		}
		this.api.close();
		this.log.close();
	}

	@Test
	void labelChoosesSecretsAndTheirChangesCount() {
		this.api.login("a", CHOSEN, "r.example", "u", "one");
		this.api.login("b", Map.of(), "r.example", "u", "other");
		WatchedSecrets secrets = open(BY_LABEL);
		assertThat(passwords(secrets)).containsExactly("one");
		assertThat(secrets.registryNames()).containsExactly(REGISTRY);
		assertThat(secrets.candidates(REGISTRY, null).getFirst().login().map(Login::source).block())
			.isEqualTo("kubernetes secret infra/a (r.example)");
		this.api.login("a", CHOSEN, "r.example", "u", "two");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("two"));
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
		this.api.login("c", CHOSEN, "*.example", "u", "pattern");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("two", "pattern"));
		this.api.login("a", Map.of(), "r.example", "u", "two");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("pattern"));
		this.api.removeSecret("c");
		eventually(() -> assertThat(passwords(secrets)).isEmpty());
		assertThat(secrets.state().isSound()).isTrue();
	}

	@Test
	void allTypesThatHoldLoginsAreReadAndOthersAreLeftAlone() {
		this.api.secret("ghcr.io", "kubernetes.io/basic-auth", CHOSEN, Map.of("username", "u", "password", "basic"));
		this.api.secret("old", "kubernetes.io/dockercfg", CHOSEN,
				Map.of(".dockercfg", "{\"r.example\":{\"username\":\"u\",\"password\":\"old\"}}"));
		this.api.secret("own", "Opaque", CHOSEN, Map.of("token", "t", "registry", "quay.io", "else", "unrelated"));
		this.api.secret("cert", "kubernetes.io/tls", CHOSEN, Map.of("tls.key", "unrelated", "password", "unrelated"));
		WatchedSecrets secrets = open(BY_LABEL);
		assertThat(passwords(secrets)).containsExactly("old");
		assertThat(secrets.registryNames()).extracting(RegistryName::toString)
			.containsExactlyInAnyOrder("ghcr.io", "r.example", "quay.io");
		assertThat(secrets.state().isSound()).isTrue();
		eventually(() -> assertThat(this.log.entries().toString())
			.contains("kubernetes secret infra/cert is of type kubernetes.io/tls, which holds no login"));
	}

	@Test
	void serviceAccountNamesSecretsAndItsListIsFollowed() {
		this.api.login("a", Map.of(), "r.example", "u", "one");
		this.api.login("b", Map.of(), "r.example", "u", "two");
		this.api.serviceAccount("puller", "a");
		WatchedSecrets secrets = open(BY_ACCOUNT);
		assertThat(passwords(secrets)).containsExactly("one");
		this.api.serviceAccount("puller", "a", "b", "missing");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("one", "two"));
		eventually(() -> assertThat(secrets.state().problems())
			.containsExactly("there is no secret infra/missing, which the service account names"));
		this.api.serviceAccount("puller", "b");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("two"));
		this.api.login("a", Map.of(), "r.example", "u", "three");
		this.api.login("b", Map.of(), "r.example", "u", "four");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("four"));
		assertThat(secrets.state().isSound()).isTrue();
		assertThat(this.api.asked()).contains("/secrets?").doesNotContain("/secrets?limit=100\n");
	}

	@Test
	void missingServiceAccountIsSaidAndUsedWhenItComes() {
		WatchedSecrets secrets = open(BY_ACCOUNT);
		eventually(() -> assertThat(secrets.state().problems())
			.containsExactly("there is no service account infra/puller"));
		this.api.login("a", Map.of(), "r.example", "u", "one");
		this.api.serviceAccount("puller", "a");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("one"));
		assertThat(secrets.state().isSound()).isTrue();
	}

	@Test
	void malformedSecretKeepsWhatItGaveAndHarmsNoOther() {
		this.api.login("a", CHOSEN, "r.example", "u", "one");
		this.api.login("b", CHOSEN, "r.example", "u", "two");
		WatchedSecrets secrets = open(BY_LABEL);
		this.api.secret("a", "kubernetes.io/dockerconfigjson", CHOSEN, Map.of(".dockerconfigjson", "{s3cr3t"));
		this.api.login("b", CHOSEN, "r.example", "u", "three");
		eventually(() -> assertThat(passwords(secrets)).containsExactly("one", "three"));
		assertThat(secrets.state().problems()).singleElement()
			.asString()
			.startsWith("kubernetes secret infra/a: .dockerconfigjson is no valid JSON at line 1")
			.endsWith("; what was last read stays in force");
		assertThat(this.log.entries().toString()).doesNotContain("s3cr3t");
	}

	@Test
	void apiServerThatIsAwayAtTheStartIsAskedUntilItComes() {
		this.api.login("a", CHOSEN, "r.example", "u", "one");
		this.api.down();
		WatchedSecrets secrets = open(BY_LABEL);
		assertThat(secrets.state().problems()).singleElement()
			.asString()
			.startsWith("the API server http://127.0.0.1")
			.contains(" can't be asked for secrets in namespace infra (");
		assertThat(passwords(secrets)).isEmpty();
		this.api.up();
		patiently(() -> assertThat(passwords(secrets)).containsExactly("one"));
		eventually(() -> assertThat(secrets.state().isSound()).isTrue());
		assertThat(complaints()).hasSize(1);
	}

	@Test
	void apiServerThatGoesAwayCostsNoLogin() {
		this.api.login("a", CHOSEN, "r.example", "u", "one");
		WatchedSecrets secrets = open(BY_LABEL);
		this.api.down();
		patiently(
				() -> assertThat(secrets.state().problems()).singleElement().asString().contains("can't be asked for"));
		patiently(() -> assertThat(complaints()).hasSize(1));
		assertThat(passwords(secrets)).containsExactly("one");
		this.api.up();
		this.api.login("a", CHOSEN, "r.example", "u", "two");
		patiently(() -> assertThat(passwords(secrets)).containsExactly("two"));
		eventually(() -> assertThat(secrets.state().isSound()).isTrue());
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
		assertThat(complaints()).hasSize(1);
	}

	@Test
	void watchThatBeginsAnewDropsWhatIsGoneSince() {
		HeldSecrets held = new HeldSecrets(this.dropped::add);
		ApiSecretHandler handler = new ApiSecretHandler("labelled", held);
		handler.onBeforeList(null);
		handler.onAdd(secret("a", "one"));
		handler.onAdd(secret("b", "two"));
		handler.onList("1", false);
		assertThat(held.ids()).hasSize(2);
		handler.onBeforeList(null);
		handler.onAdd(secret("b", "two"));
		handler.onList("2", false);
		assertThat(held.ids()).singleElement().asString().contains(" b ");
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
	}

	@Test
	void missingPermissionIsNamedOnceWithTheRoleThatIsWanted() {
		this.api.login("a", CHOSEN, "r.example", "u", "one");
		this.api.forbid("secrets");
		WatchedSecrets secrets = open(BY_LABEL);
		assertThat(secrets.state().problems()).containsExactly(
				"RBAC doesn't let system:serviceaccount:infra:sluice list secrets in namespace infra (403): grant the verbs "
						+ "get, list and watch on secrets by a Role in that namespace, and a RoleBinding to it"
						+ "; it is asked again, and what was last read stays in force");
		Awaitility.await().during(Duration.ofSeconds(2)).until(() -> complaints().size() == 1);
		this.api.forbid(null);
		patiently(() -> assertThat(passwords(secrets)).containsExactly("one"));
		eventually(() -> assertThat(secrets.state().isSound()).isTrue());
	}

	@Test
	void namespaceMustBeKnown() {
		assertThatExceptionOfType(UnusablePartException.class)
			.isThrownBy(() -> KubernetesApi.watch(BY_LABEL, "the.property", Config.empty(), this.dropped::add))
			.withMessageStartingWith("the.property: it isn't set, and neither");
	}

	private WatchedSecrets open(SecretSelection selection) {
		WatchedSecrets opened = KubernetesApi.watch(selection, "namespace", this.api.config(), this.dropped::add);
		this.source = opened;
		return opened;
	}

	private static io.fabric8.kubernetes.api.model.Secret secret(String name, String password) {
		String config = SecretMount.dockerConfig("r.example", "u", password);
		return new SecretBuilder().withNewMetadata()
			.withNamespace("infra")
			.withName(name)
			.withUid(name)
			.endMetadata()
			.withType("kubernetes.io/dockerconfigjson")
			.withData(Map.of(".dockerconfigjson", Base64.getEncoder().encodeToString(config.getBytes(UTF_8))))
			.build();
	}

	private List<String> complaints() {
		return this.log.entries()
			.stream()
			.filter((entry) -> entry.level().isGreaterOrEqual(Level.WARN))
			.filter((entry) -> entry.logger().startsWith("dev.sluice"))
			.map(LogCapture.Entry::message)
			.toList();
	}

	private static List<String> passwords(WatchedSecrets secrets) {
		return secrets.candidates(REGISTRY, null)
			.stream()
			.map(Candidate::login)
			.map((login) -> login.map(Login::credential).block())
			.map((credential) -> (credential instanceof Credential.Basic basic) ? basic.password().reveal() : "none")
			.toList();
	}

	private static Credential basic(String password) {
		return new Credential.Basic("u", new Secret(password));
	}

	/** The pauses between two attempts included. */
	private static void patiently(ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(45)).untilAsserted(assertion);
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(25)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}
