package dev.sluice.credential.cloud.google;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ServiceAccountKey;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.TestClock;
import dev.sluice.transport.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How access tokens for Google's registries are asked for, with each kind of application
 * default credentials.
 */
class GoogleIdentityTests {

	private static final RegistryName REGISTRY = RegistryName.parse("europe-west1-docker.pkg.dev");

	private static final String TOKEN = "{\"access_token\":\"ya29.token\",\"expires_in\":3599,"
			+ "\"token_type\":\"Bearer\"}";

	private static final String METADATA = "/computeMetadata/v1/instance/service-accounts/default/token";

	private final TestClock clock = TestClock.now();

	private final Network network = Network.system("sluice/test");

	private final CloudCalls services = CloudCalls.toServices(this.network);

	private final CloudCalls metadata = CloudCalls.toMetadata(this.network, Set.of());

	private final StandIn google = StandIn.start()
		.answer(Matching.method("POST").and(Matching.path("/token")), TOKEN)
		.answer(Matching.get(METADATA), TOKEN, "Metadata-Flavor", "Google");

	@TempDir
	private Path home;

	@AfterEach
	void close() {
		this.google.close();
		this.services.close();
		this.metadata.close();
	}

	@Test
	void aKeyFileAsksByASignedAssertion() throws Exception {
		ServiceAccountKey key = ServiceAccountKey.write(this.home, this.google.url() + "/token");
		Issue issue = google(file(key.file())).issue(REGISTRY);
		RecordedRequest asked = this.google.requests().last();
		assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /token");
		assertThat(asked.header("Content-Type").orElseThrow()).startsWith("application/x-www-form-urlencoded");
		assertThat(asked.field("grant_type")).hasValue("urn:ietf:params:oauth:grant-type:jwt-bearer");
		String[] jwt = asked.field("assertion").orElseThrow().split("\\.");
		assertThat(part(jwt[0]).path("alg").asString()).isEqualTo("RS256");
		assertThat(part(jwt[1]).path("iss").asString()).isEqualTo(ServiceAccountKey.EMAIL);
		assertThat(part(jwt[1]).path("aud").asString()).isEqualTo("https://oauth2.googleapis.com/token");
		assertThat(part(jwt[1]).path("scope").asString()).isEqualTo("https://www.googleapis.com/auth/cloud-platform");
		assertThat(isSignedBy(key, jwt)).isTrue();
		assertThat(issue).isInstanceOfSatisfying(Issue.Granted.class, (granted) -> {
			assertThat(granted.credential())
				.isEqualTo(new Credential.Basic("oauth2accesstoken", new Secret("ya29.token")));
			assertThat(granted.end()).isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
		});
	}

	@Test
	void aFederatedWorkloadTradesItsTokenForOnesOfGoogle() throws Exception {
		Path token = Files.writeString(this.home.resolve("oidc"), "subject.jwt.token");
		Path file = Files.writeString(this.home.resolve("federation.json"), """
				{"type":"external_account","subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
				 "audience":"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x",
				 "token_url":"https://sts.googleapis.com/token","credential_source":{"file":"%s"}}
				""".formatted(token));
		this.google.answer(Matching.path("/token"), "{\"access_token\":\"ya29.token\",\"expires_in\":3599,"
				+ "\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"}");
		CallTransport calls = new CallTransport(this.services, this.metadata, Set.of());
		HttpTransport toStandIn = new HttpTransport() {
			@Override
			protected LowLevelHttpRequest buildRequest(String method, String url) {
				return calls.buildRequest(method,
						url.replace("https://sts.googleapis.com", GoogleIdentityTests.this.google.url()));
			}
		};
		assertThat(new CredentialFile(file(file), this.home, () -> toStandIn).find())
			.hasValueSatisfying((granted) -> assertThat(granted.value()).isEqualTo(new Secret("ya29.token")));
		RecordedRequest asked = this.google.requests().last();
		assertThat(asked.field("grant_type")).hasValue("urn:ietf:params:oauth:grant-type:token-exchange");
		assertThat(asked.field("subject_token")).hasValue("subject.jwt.token");
	}

	@Test
	void whatGcloudWroteIsUsedWhereNothingElseIsNamed() throws Exception {
		Path directory = Files.createDirectories(this.home.resolve(".config/gcloud"));
		Files.writeString(directory.resolve("application_default_credentials.json"), """
				{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"1//refresh",
				 "token_uri":"%s/token"}
				""".formatted(this.google.url()));
		assertThat(google(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Granted.class);
		RecordedRequest asked = this.google.requests().last();
		assertThat(asked.field("grant_type")).hasValue("refresh_token");
		assertThat(asked.field("refresh_token")).hasValue("1//refresh");
	}

	@Test
	void aMachineAsksItsMetadataServer() {
		Issue issue = google(Map.of()).issue(REGISTRY);
		RecordedRequest asked = this.google.requests().last();
		assertThat(asked.method() + " " + asked.path()).isEqualTo("GET " + METADATA);
		assertThat(asked.header("Metadata-Flavor")).hasValue("Google");
		assertThat(issue)
			.isEqualTo(new Issue.Granted(new Credential.Basic("oauth2accesstoken", new Secret("ya29.token")),
					this.clock.instant().plus(Duration.ofSeconds(3599))));
	}

	@Test
	void aMachineOfAnotherCloudOrNoneIsNobody() {
		this.google.answer(Matching.get(METADATA), TOKEN);
		assertThat(google(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
		this.google.down();
		assertThat(google(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
	}

	@Test
	void aRefusalNamesTheFileAndGooglesReasonAndNoSecret() throws Exception {
		ServiceAccountKey key = ServiceAccountKey.write(this.home, this.google.url() + "/token");
		this.google.answer(Matching.path("/token"), 400, "application/json",
				"{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(key.file())).issue(REGISTRY))
			.withMessageContainingAll(key.file().toString(), "400", "invalid_grant Invalid JWT Signature.")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("PRIVATE", "assertion"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"access_token\":\"ya29.t\",\"expires_in\":3599,\"x\":", "" })
	void anAnswerThatALibraryWouldMakeAHugeTreeOfIsRefused(String beginning) throws Exception {
		ServiceAccountKey key = ServiceAccountKey.write(this.home, this.google.url() + "/token");
		String wide = "[" + "{},".repeat(80_000) + "{}]";
		for (String body : List.of(beginning + "[".repeat(60_000), beginning + wide + "}")) {
			this.google.answer(Matching.path("/token"), body);
			assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(key.file())).issue(REGISTRY))
				.withMessage(key.file() + ": Google gives no token: " + this.google.url()
						+ " answers with no JSON object of 64 KiB at most");
		}
		this.google.answer(Matching.path("/token"), 400, "application/json", beginning + "[".repeat(60_000));
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(key.file())).issue(REGISTRY))
			.withMessageContainingAll(key.file().toString(), "400");
	}

	@Test
	void aFileThatIsTooLargeIsNotRead() throws Exception {
		Path large = Files.writeString(this.home.resolve("large.json"), "{\"x\":\"" + "s3cret".repeat(20_000) + "\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(large)).issue(REGISTRY))
			.withMessageContainingAll(large.toString(), "holds no Google credentials");
	}

	@Test
	void aTokenOfTheMetadataServerWithAControlCharacterIsAnError() {
		this.google.answer(Matching.get(METADATA), "{\"access_token\":\"made-up\\r\\nInjected: x\"}", "Metadata-Flavor",
				"Google");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(Map.of()).issue(REGISTRY))
			.withMessage("access_token of the metadata server holds a control character (U+000D) before its end");
	}

	@Test
	void googleThatDoesNotAnswerIsAnErrorThatSaysSo() throws Exception {
		ServiceAccountKey key = ServiceAccountKey.write(this.home, this.google.url() + "/token");
		this.google.down();
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(key.file())).issue(REGISTRY))
			.withMessageContainingAll(key.file().toString(), this.google.url(), "connection refused");
	}

	@Test
	void aFileThatIsNoneOrMissingIsAnErrorThatNamesIt() throws Exception {
		Path garbage = Files.writeString(this.home.resolve("garbage.json"), "{\"type\":\"s3cret\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> google(file(garbage)).issue(REGISTRY))
			.withMessageContainingAll(garbage.toString(), "holds no Google credentials",
					"GOOGLE_APPLICATION_CREDENTIALS")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> google(file(this.home.resolve("missing"))).issue(REGISTRY))
			.withMessageContaining("can't be read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gcr.io", "eu.gcr.io", "us-docker.pkg.dev", "europe-west1-docker.pkg.dev:443" })
	void oneTokenIsForAllOfGooglesRegistries(String name) {
		assertThat(google(Map.of()).issuer(RegistryName.parse(name))).hasValue(RegistryName.parse("gcr.io"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mirror.gcr.io", "k8s.gcr.io", "registry.k8s.io", "gcr.io.evil.example", "evilgcr.io",
			"gcr.io:5000", "a.b.gcr.io" })
	void otherNamesAreNoneOfGoogles(String name) {
		assertThat(google(Map.of()).issuer(RegistryName.parse(name))).isEmpty();
	}

	private CloudIdentity google(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		all.put("GCE_METADATA_HOST", this.google.authority());
		return new GoogleIdentity(all, this.home, this.services, this.metadata, this.clock);
	}

	private static Map<String, String> file(Path file) {
		return Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
	}

	private static JsonNode part(String encoded) {
		return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(encoded));
	}

	private static boolean isSignedBy(ServiceAccountKey key, String... jwt) throws GeneralSecurityException {
		Signature verifier = Signature.getInstance("SHA256withRSA");
		verifier.initVerify(key.publicKey());
		verifier.update((jwt[0] + "." + jwt[1]).getBytes(US_ASCII));
		return verifier.verify(Base64.getUrlDecoder().decode(jwt[2]));
	}

}
