package dev.sluice.credential.cloud.azure;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.TestClock;
import dev.sluice.transport.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How refresh tokens for ACR are asked for, with each kind of Azure identity.
 */
class AcrIdentityTests {

	private static final RegistryName REGISTRY = RegistryName.parse("acme.azurecr.io");

	private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

	private static final String ENTRA_TOKEN = "{\"access_token\":\"entra-token\",\"expires_in\":3599,"
			+ "\"token_type\":\"Bearer\"}";

	private final TestClock clock = TestClock.now();

	private final Network network = Network.system("sluice/test");

	private final CloudCalls services = CloudCalls.toServices(this.network);

	private final CloudCalls metadata = CloudCalls.toMetadata(this.network, Set.of());

	private final StandIn azure = StandIn.start()
		.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"opaque\"}")
		.answer(Matching.path("/tenant-1/oauth2/v2.0/token"), ENTRA_TOKEN)
		.answer(Matching.path("/metadata/identity/oauth2/token"), ENTRA_TOKEN)
		.answer(Matching.path("/msi/token"), ENTRA_TOKEN);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.azure.close();
		this.services.close();
		this.metadata.close();
	}

	@Test
	void aServicePrincipalAsksByItsSecretAndExchangesTheToken() {
		Issue issue = acr(principal()).issue(REGISTRY);
		RecordedRequest login = this.azure.requests().all().getFirst();
		assertThat(login.method() + " " + login.path()).isEqualTo("POST /tenant-1/oauth2/v2.0/token");
		assertThat(login.header("Content-Type")).hasValue("application/x-www-form-urlencoded");
		assertThat(login.field("grant_type")).hasValue("client_credentials");
		assertThat(login.field("client_id")).hasValue("client-1");
		assertThat(login.field("client_secret")).hasValue("very+s3cret&more");
		assertThat(login.field("scope")).hasValue("https://containerregistry.azure.net/.default");
		RecordedRequest exchange = this.azure.requests().last();
		assertThat(exchange.method() + " " + exchange.path()).isEqualTo("POST /oauth2/exchange");
		assertThat(exchange.field("grant_type")).hasValue("access_token");
		assertThat(exchange.field("service")).hasValue("acme.azurecr.io");
		assertThat(exchange.field("tenant")).hasValue("tenant-1");
		assertThat(exchange.field("access_token")).hasValue("entra-token");
		assertThat(issue).isEqualTo(new Issue.Granted(new Credential.IdentityToken(NOBODY, new Secret("opaque")),
				this.clock.instant().plus(Duration.ofHours(1))));
	}

	@Test
	void theTokenItselfSaysWhenItExpires() {
		Instant end = Instant.ofEpochSecond(4_102_444_800L);
		String token = "e30."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString("{\"exp\":4102444800}".getBytes(UTF_8))
				+ ".c2ln";
		this.azure.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"" + token + "\"}");
		assertThat(acr(principal()).issue(REGISTRY)).isInstanceOfSatisfying(Issue.Granted.class,
				(granted) -> assertThat(granted.end()).isEqualTo(end));
	}

	@Test
	void aWorkloadIdentityAsksByItsServiceAccountsTokenReadAnew() throws Exception {
		Path file = Files.writeString(this.directory.resolve("token"), "first.jwt.token\n");
		CloudIdentity acr = acr(Map.of("AZURE_CLIENT_ID", "client-1", "AZURE_TENANT_ID", "tenant-1",
				"AZURE_FEDERATED_TOKEN_FILE", file.toString(), "AZURE_AUTHORITY_HOST", this.azure.url() + "/"));
		acr.issue(REGISTRY);
		RecordedRequest login = this.azure.requests().all().getFirst();
		assertThat(login.field("client_assertion_type"))
			.hasValue("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
		assertThat(login.field("client_assertion")).hasValue("first.jwt.token");
		assertThat(login.field("client_id")).hasValue("client-1");
		assertThat(login.field("scope")).hasValue("https://containerregistry.azure.net/.default");
		Files.writeString(file, "second.jwt.token");
		this.azure.requests().clear();
		acr.issue(REGISTRY);
		assertThat(this.azure.requests().all().getFirst().field("client_assertion")).hasValue("second.jwt.token");
	}

	@Test
	void aMachineAsksItsMetadataService() {
		acr(Map.of()).issue(REGISTRY);
		RecordedRequest asked = this.azure.requests().all().getFirst();
		assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /metadata/identity/oauth2/token");
		assertThat(asked.header("Metadata")).hasValue("true");
		assertThat(asked.parameter("api-version")).hasValue("2018-02-01");
		assertThat(asked.parameter("resource")).hasValue("https://containerregistry.azure.net");
		assertThat(asked.parameter("client_id")).isEmpty();
		assertThat(this.azure.requests().last().field("access_token")).hasValue("entra-token");
	}

	@Test
	void oneOfSeveralIdentitiesOfAMachineIsNamed() {
		acr(Map.of("AZURE_CLIENT_ID", "client-2")).issue(REGISTRY);
		assertThat(this.azure.requests().all().getFirst().parameter("client_id")).hasValue("client-2");
	}

	@Test
	void anAppAsksItsOwnIdentityService() {
		acr(Map.of("IDENTITY_ENDPOINT", this.azure.url() + "/msi/token", "IDENTITY_HEADER", "guard")).issue(REGISTRY);
		RecordedRequest asked = this.azure.requests().all().getFirst();
		assertThat(asked.path()).isEqualTo("/msi/token");
		assertThat(asked.header("X-IDENTITY-HEADER")).hasValue("guard");
		assertThat(asked.parameter("api-version")).hasValue("2019-08-01");
		assertThat(asked.parameter("resource")).hasValue("https://containerregistry.azure.net");
	}

	@ParameterizedTest
	@CsvSource({ "acme.azurecr.us, https://management.usgovcloudapi.net, https://login.microsoftonline.us",
			"acme.azurecr.cn, https://management.chinacloudapi.cn, https://login.chinacloudapi.cn",
			"acme-x1y2.azurecr.io, https://containerregistry.azure.net, https://login.microsoftonline.com" })
	void sovereignCloudsHaveTheirOwnAudienceAndAuthority(String name, String resource, String authority) {
		RegistryName registry = RegistryName.parse(name);
		acr(principal()).issue(registry);
		assertThat(this.azure.requests().all().getFirst().field("scope")).hasValue(resource + "/.default");
		assertThat(AzureCloud.of(registry))
			.hasValueSatisfying((cloud) -> assertThat(cloud.authority()).isEqualTo(authority));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcr.microsoft.com", "azurecr.io", "acme.azurecr.io.evil.example", "acme.azurecr.io:5000",
			"acme.westeurope.data.azurecr.io", "acme.azurecr.com" })
	void otherNamesAreNoneOfAzures(String name) {
		assertThat(acr(principal()).issuer(RegistryName.parse(name))).isEmpty();
	}

	@Test
	void aRefusedSecretIsAnErrorWithEntrasCodeAndWithoutTheSecret() {
		this.azure.answer(Matching.path("/tenant-1/oauth2/v2.0/token"), 401, "application/json",
				"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided."
						+ " Trace ID: 1234 Correlation ID: 5678\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> acr(principal()).issue(REGISTRY))
			.withMessageContainingAll("401", "AADSTS7000215", "service principal client-1", "AZURE_CLIENT_SECRET")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret", "Trace ID"));
	}

	@Test
	void anIdentityWithoutTheRoleIsToldWhatToGrant() {
		this.azure.answer(Matching.path("/oauth2/exchange"), 401, "application/json",
				"{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> acr(principal()).issue(REGISTRY))
			.withMessageContainingAll("acme.azurecr.io", "401", "authentication required", "grant it AcrPull")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("entra-token"));
	}

	@Test
	void aSecretWithoutATenantIsAnErrorThatNamesTheVariable() {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> acr(Map.of("AZURE_CLIENT_ID", "x", "AZURE_CLIENT_SECRET", "y")).issue(REGISTRY))
			.withMessage("AZURE_CLIENT_SECRET is set, but AZURE_TENANT_ID isn't");
	}

	@ParameterizedTest
	@CsvSource({ "404", "401", "403" })
	void aMachineOfAnotherCloudIsNobody(int status) {
		this.azure.answer(Matching.path("/metadata"), status, "text/html", "not Azure");
		assertThat(acr(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
	}

	@Test
	void aMachineWithoutAnIdentityIsNobodyUnlessOneIsNamed() {
		this.azure.answer(Matching.path("/metadata"), 400, "application/json",
				"{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}");
		assertThat(acr(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> acr(Map.of("AZURE_CLIENT_ID", "typo")).issue(REGISTRY))
			.withMessageContainingAll("400", "Identity not found", "AZURE_CLIENT_ID");
	}

	@ParameterizedTest
	@ValueSource(strings = { "made-up\\r\\nInjected: x", "made-up\\u0000", "\\u0085made-up" })
	void aTokenWithAControlCharacterIsAnErrorThatNamesWhoGaveIt(String token) {
		this.azure.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"" + token + "\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> acr(principal()).issue(REGISTRY))
			.withMessageStartingWith("refresh_token of acme.azurecr.io holds a control character (U+00")
			.withMessageNotContaining("made-up");
		this.azure.answer(Matching.path("/tenant-1/oauth2/v2.0/token"), "{\"access_token\":\"" + token + "\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> acr(principal()).issue(REGISTRY))
			.withMessageStartingWith("access_token of " + this.azure.authority() + " holds a control character")
			.withMessageNotContaining("made-up");
	}

	@Test
	void aVariableWithAControlCharacterIsAnErrorThatNamesIt() {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> acr(Map.of("IDENTITY_ENDPOINT", this.azure.url() + "/msi/token", "IDENTITY_HEADER",
					"made-up\r\nInjected: x"))
				.issue(REGISTRY))
			.withMessage("IDENTITY_HEADER holds a control character (U+000D) before its end");
		assertThat(this.azure.requests().all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"refresh_token\":\"t\",\"x\":[", "[{\"refresh_token\":\"t\"}]",
			"{\"refresh_token\":[\"t\"]}", "{\"refresh_token\":\"t\"", "<html>" })
	void anAnswerThatIsNoWholeObjectHoldsNoToken(String answer) {
		for (String body : List.of(answer, answer + "[{},".repeat(60_000))) {
			this.azure.answer(Matching.path("/oauth2/exchange"), body);
			assertThatExceptionOfType(CloudException.class).isThrownBy(() -> acr(principal()).issue(REGISTRY))
				.withMessage("acme.azurecr.io answers without refresh_token");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e300", "9223372036854775807", "\"4102444800\"", "253402300800", "\"Infinity\"" })
	void aTokenMayClaimToExpireAtAnyTime(String end) {
		this.azure.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"" + jwt(end) + "\"}");
		assertThat(acr(principal()).issue(REGISTRY)).isInstanceOfSatisfying(Issue.Granted.class,
				(granted) -> assertThat(granted.end()).isAfter(this.clock.instant()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "0", "\"soon\"", "null", "[1]", "\"NaN\"" })
	void aTokenThatDoesNotSayWhenItExpiresIsGoodForAnHour(String end) {
		this.azure.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"" + jwt(end) + "\"}");
		assertThat(acr(principal()).issue(REGISTRY)).isInstanceOfSatisfying(Issue.Granted.class,
				(granted) -> assertThat(granted.end()).isEqualTo(this.clock.instant().plus(Duration.ofHours(1))));
	}

	private static String jwt(String end) {
		return "e30."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"exp\":" + end + "}").getBytes(UTF_8))
				+ ".c2ln";
	}

	@Test
	void aMachineOutsideOfAzureIsNobody() {
		this.azure.down();
		assertThat(acr(Map.of()).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
	}

	private CloudIdentity acr(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		all.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", this.azure.url() + "/");
		return new AcrIdentity(all, this.services, this.metadata, this.clock, URI.create(this.azure.url()));
	}

	private Map<String, String> principal() {
		return Map.of("AZURE_CLIENT_ID", "client-1", "AZURE_TENANT_ID", "tenant-1", "AZURE_CLIENT_SECRET",
				"very+s3cret&more", "AZURE_AUTHORITY_HOST", this.azure.url());
	}

}
