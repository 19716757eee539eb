package dev.sluice.credential.cloud.aws;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
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
 * How passwords for ECR are asked for, with each kind of AWS identity.
 */
class EcrIdentityTests {

	private static final RegistryName REGISTRY = RegistryName.parse("123456789012.dkr.ecr.eu-central-1.amazonaws.com");

	private static final Map<String, String> ACCESS_KEY = Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST",
			"AWS_SECRET_ACCESS_KEY", "very/secret");

	private static final String CREDENTIALS = """
			{"AccessKeyId":"AKIDROLE","SecretAccessKey":"role/secret","Token":"session-token",
			 "Expiration":"2099-01-01T00:00:00Z","Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-01-01T00:00:00Z"}
			""";

	private final Network network = Network.system("sluice/test");

	private final CloudCalls services = CloudCalls.toServices(this.network);

	private final CloudCalls metadata = CloudCalls.toMetadata(this.network, Set.of());

	private final StandIn ecr = StandIn.start().answer(Matching.method("POST"), token("p4ss"));

	@TempDir
	private Path home;

	@AfterEach
	void close() {
		this.ecr.close();
		this.services.close();
		this.metadata.close();
	}

	@Test
	void asksForTheAccountsPasswordWithARequestSignedForItsRegion() throws Exception {
		Issue issue = ecr(ACCESS_KEY).issue(REGISTRY);
		RecordedRequest request = this.ecr.requests().last();
		assertThat(request.method() + " " + request.path()).isEqualTo("POST /");
		assertThat(request.header("X-Amz-Target"))
			.hasValue("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken");
		assertThat(request.header("Content-Type")).hasValue("application/x-amz-json-1.1");
		assertThat(request.body()).isEqualTo("{\"registryIds\":[\"123456789012\"]}");
		SignatureCheck signature = SignatureCheck.of(request);
		assertThat(signature.keyId()).isEqualTo("AKIDTEST");
		assertThat(signature.region()).isEqualTo("eu-central-1");
		assertThat(signature.service()).isEqualTo("ecr");
		assertThat(signature.signedHeaders()).contains("host", "x-amz-date", "x-amz-target");
		signature.isBy("very/secret", request);
		assertThat(issue).isEqualTo(new Issue.Granted(new Credential.Basic("AWS", new Secret("p4ss")),
				Instant.ofEpochMilli(4_102_444_800_123L)));
	}

	@Test
	void sendsTheSessionTokenSigned() throws Exception {
		ecr(with(ACCESS_KEY, "AWS_SESSION_TOKEN", "session")).issue(REGISTRY);
		RecordedRequest request = this.ecr.requests().last();
		assertThat(request.header("X-Amz-Security-Token")).hasValue("session");
		assertThat(SignatureCheck.of(request).signedHeaders()).contains("x-amz-security-token");
		SignatureCheck.of(request).isBy("very/secret", request);
	}

	@Test
	void asksEcrPublicInItsOnlyRegion() throws Exception {
		this.ecr.answer(Matching.method("POST"), "{\"authorizationData\":{\"authorizationToken\":\"" + encoded("publ1c")
				+ "\",\"expiresAt\":4102444800.0}}");
		Issue issue = new EcrPublicIdentity(identities(with(ACCESS_KEY, "AWS_REGION", "ap-south-1")), this.services,
				URI.create(this.ecr.url() + "/"))
			.issue(RegistryName.parse("public.ecr.aws"));
		RecordedRequest request = this.ecr.requests().last();
		assertThat(request.header("X-Amz-Target")).hasValue("SpencerFrontendService.GetAuthorizationToken");
		assertThat(request.body()).isEqualTo("{}");
		assertThat(SignatureCheck.of(request).region()).isEqualTo("us-east-1");
		assertThat(SignatureCheck.of(request).service()).isEqualTo("ecr-public");
		SignatureCheck.of(request).isBy("very/secret", request);
		assertThat(issue).isInstanceOfSatisfying(Issue.Granted.class, (granted) -> assertThat(granted.credential())
			.isEqualTo(new Credential.Basic("AWS", new Secret("publ1c"))));
	}

	@Test
	void assumesTheRoleOfAServiceAccount() throws Exception {
		Path token = Files.writeString(this.home.resolve("token"), "header.payload.signature");
		try (StandIn sts = StandIn.start().answer(Matching.method("POST"), 200, "text/xml", assumed("AKIDWEB"))) {
			ecr(webIdentity(token, sts)).issue(REGISTRY);
			RecordedRequest asked = sts.requests().last();
			assertThat(asked.field("Action")).hasValue("AssumeRoleWithWebIdentity");
			assertThat(asked.field("RoleArn")).hasValue("arn:aws:iam::123456789012:role/puller");
			assertThat(asked.field("WebIdentityToken")).hasValue("header.payload.signature");
			assertThat(asked.has("Authorization")).isFalse();
			assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDWEB");
		}
	}

	@Test
	void aRoleThatStsRefusesIsAnErrorWithItsCode() throws Exception {
		Path token = Files.writeString(this.home.resolve("token"), "header.payload.signature");
		try (StandIn sts = StandIn.start()
			.answer(Matching.method("POST"), 403, "text/xml",
					"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
							+ "<Code>AccessDenied</Code><Message>Not authorized to perform "
							+ "sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>")) {
			assertThatExceptionOfType(CloudException.class)
				.isThrownBy(() -> ecr(webIdentity(token, sts)).issue(REGISTRY))
				.withMessageContainingAll("web identity arn:aws:iam::123456789012:role/puller",
						"AccessDenied Not authorized", "trust policy")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("payload"));
		}
	}

	@Test
	void readsTheProfile() throws Exception {
		Files.createDirectory(this.home.resolve(".aws"));
		Files.writeString(this.home.resolve(".aws/credentials"),
				"[default]\naws_access_key_id=AKIDDEFAULT\naws_secret_access_key=one\n"
						+ "[work]\naws_access_key_id=AKIDWORK\naws_secret_access_key=two\n");
		ecr(Map.of()).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDDEFAULT");
		ecr(Map.of("AWS_PROFILE", "work")).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDWORK");
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> ecr(Map.of("AWS_PROFILE", "typo")).issue(REGISTRY))
			.withMessageContainingAll("AWS_PROFILE names 'typo'", ".aws/config");
	}

	@Test
	void runsTheProcessOfAProfile() throws Exception {
		Path config = Files.writeString(this.home.resolve("config"),
				"[default]\nregion=eu-west-1\ncredential_process=echo "
						+ "'{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"s\"}'\n");
		ecr(Map.of("AWS_CONFIG_FILE", config.toString())).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDPROCESS");
	}

	@Test
	void asksTheContainersServiceAsEksPodIdentityHasIt() throws Exception {
		Path token = Files.writeString(this.home.resolve("token"), "pod-token\n");
		try (StandIn agent = StandIn.start().answer(Matching.get("/v1/credentials"), CREDENTIALS)) {
			ecr(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.url() + "/v1/credentials",
					"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()))
				.issue(REGISTRY);
			assertThat(agent.requests().last().header("Authorization")).hasValue("pod-token");
			assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDROLE");
			assertThat(this.ecr.requests().last().header("X-Amz-Security-Token")).hasValue("session-token");
		}
	}

	@Test
	void sendsNoContainerTokenToAStranger() {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> ecr(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://evil.example/credentials",
					"AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod-token"))
				.issue(REGISTRY))
			.withMessageContaining("AWS_CONTAINER_CREDENTIALS_FULL_URI must be");
	}

	@Test
	void asksTheInstancesMetadataByASession() {
		String path = "/latest/meta-data/iam/security-credentials/";
		try (StandIn imds = StandIn.start()
			.answer(Matching.method("PUT"), 200, "text/plain", "imds-session")
			.answer(Matching.get(path), 200, "text/plain", "node-role")
			.answer(Matching.get(path + "node-role"), CREDENTIALS)
			.answer(Matching.path("security-credentials-extended"), 404, "text/plain", "")) {
			ecr(instance(imds)).issue(REGISTRY);
			assertThat(SignatureCheck.of(this.ecr.requests().last()).keyId()).isEqualTo("AKIDROLE");
			assertThat(imds.requests().last().header("x-aws-ec2-metadata-token")).hasValue("imds-session");
		}
	}

	@Test
	void anInstanceWithoutARoleIsNobody() {
		try (StandIn imds = StandIn.start().answer(Matching.method("PUT"), 200, "text/plain", "imds-session")) {
			assertThat(ecr(instance(imds)).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
		}
	}

	@Test
	void aMachineOutsideOfAwsIsNobodyWithoutLongWaiting() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket(silent.getInetAddress(), silent.getLocalPort());
				Socket second = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
			assertThat(first.isConnected() && second.isConnected()).isTrue();
			long start = System.nanoTime();
			assertThat(ecr(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort()))
				.issue(REGISTRY)).isEqualTo(new Issue.Absent(EcrIdentity.ABSENT));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
					Duration.ofSeconds(10));
		}
		assertThat(this.ecr.requests().count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "AccessDeniedException, 'User: arn:aws:iam::1:user/x is not authorized to perform', grant it",
			"ExpiredTokenException, 'The security token is expired: very/secret', clock",
			"com.amazon.coral.service#UnrecognizedClientException, invalid, clock" })
	void aRefusalNamesTheIdentityTheCodeAndWhatToDo(String code, String message, String hint) {
		this.ecr.answer(Matching.method("POST"), 400, "application/x-amz-json-1.1",
				"{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> ecr(ACCESS_KEY).issue(REGISTRY))
			.withMessageContainingAll("access key in AWS_ACCESS_KEY_ID", code.substring(code.indexOf('#') + 1), "400",
					hint)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("very/secret"));
	}

	@Test
	void anIdentityThatWouldBreakARequestApartIsAnErrorThatNamesIt() throws Exception {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> ecr(with(ACCESS_KEY, "AWS_SESSION_TOKEN", "made-up\r\nInjected: x")).issue(REGISTRY))
			.withMessage("AWS_SESSION_TOKEN holds a control character (U+000D) before its end");
		Path token = Files.writeString(this.home.resolve("token"), "made-up\nsecond line\n");
		try (StandIn agent = StandIn.start()
			.answer(Matching.get("/v1/credentials"),
					CREDENTIALS.replace("session-token", "made-up\\r\\nInjected: x"))) {
			Map<String, String> variables = Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI",
					agent.url() + "/v1/credentials");
			assertThatExceptionOfType(CloudException.class).isThrownBy(() -> ecr(variables).issue(REGISTRY))
				.withMessageMatching("Token of container credentials service .* holds a control character .*");
			assertThatExceptionOfType(CloudException.class)
				.isThrownBy(() -> ecr(with(variables, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()))
					.issue(REGISTRY))
				.withMessage("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names " + token
						+ ", which holds a control character (U+000A) before its end");
		}
		Files.createDirectory(this.home.resolve(".aws"));
		Files.writeString(this.home.resolve(".aws/credentials"),
				"[default]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=made\u0001up\n");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> ecr(Map.of()).issue(REGISTRY))
			.withMessageContainingAll("session token", "holds a control character (U+0001)")
			.withMessageNotContaining("made");
		assertThat(this.ecr.requests().all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"authorizationData\":[{\"authorizationToken\":\"QVdTOnA=\"}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"QVdTOnA=\",\"expiresAt\":-1}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"no base64\",\"expiresAt\":4102444800}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"QVdT\",\"expiresAt\":4102444800}]}",
			"{\"authorizationData\":[[]]}", "{\"authorizationData\":\"x\"}", "[]", "" })
	void anAnswerWithoutAUsableTokenIsAnErrorThatSaysSo(String answer) {
		this.ecr.answer(Matching.method("POST"), answer);
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> ecr(ACCESS_KEY).issue(REGISTRY))
			.withMessage(this.ecr.authority() + " answers without a usable token");
	}

	private CloudIdentity ecr(Map<String, String> variables) {
		return new EcrIdentity(identities(variables), this.services, URI.create(this.ecr.url() + "/"));
	}

	private AwsIdentities identities(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		if (!variables.containsKey("AWS_EC2_METADATA_SERVICE_ENDPOINT")) {
			all.put("AWS_EC2_METADATA_DISABLED", "true");
		}
		return new AwsIdentities(all, this.home, this.metadata);
	}

	private static Map<String, String> webIdentity(Path token, StandIn sts) {
		return Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(), "AWS_ROLE_ARN",
				"arn:aws:iam::123456789012:role/puller", "AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL_STS", sts.url());
	}

	private static Map<String, String> instance(StandIn imds) {
		return Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url());
	}

	private static Map<String, String> with(Map<String, String> variables, String name, String value) {
		Map<String, String> all = new HashMap<>(variables);
		all.put(name, value);
		return all;
	}

	private static String token(String password) {
		return "{\"authorizationData\":[{\"authorizationToken\":\"" + encoded(password)
				+ "\",\"expiresAt\":4102444800.123,\"proxyEndpoint\":\"https://" + REGISTRY + "\"}]}";
	}

	private static String encoded(String password) {
		return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8));
	}

	private static String assumed(String keyId) {
		return """
				<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
				<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>%s</AccessKeyId>
				<SecretAccessKey>web/secret</SecretAccessKey><SessionToken>web-session</SessionToken>
				<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
				</AssumeRoleWithWebIdentityResponse>
				""".formatted(keyId);
	}

}
