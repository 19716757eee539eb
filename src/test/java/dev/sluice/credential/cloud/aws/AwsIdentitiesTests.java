package dev.sluice.credential.cloud.aws;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.credential.cloud.aws.StandInEcr.ACCESS_KEY;
import static dev.sluice.credential.cloud.aws.StandInEcr.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * As whom passwords for ECR are asked for, with each kind of AWS identity.
 */
class AwsIdentitiesTests {

	private static final String CREDENTIALS = """
			{"AccessKeyId":"AKIDROLE","SecretAccessKey":"role/secret","Token":"session-token",
			 "Expiration":"2099-01-01T00:00:00Z","Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-01-01T00:00:00Z"}
			""";

	@TempDir
	private Path home;

	private StandInEcr ecr;

	@BeforeEach
	void start() {
		this.ecr = new StandInEcr(this.home);
	}

	@AfterEach
	void close() {
		this.ecr.close();
	}

	@Test
	void assumesTheRoleOfAServiceAccount() throws Exception {
		Path token = Files.writeString(this.home.resolve("token"), "header.payload.signature");
		try (StandIn sts = StandIn.start().answer(Matching.method("POST"), 200, "text/xml", assumed("AKIDWEB"))) {
			this.ecr.askedWith(webIdentity(token, sts)).issue(REGISTRY);
			RecordedRequest asked = sts.requests().last();
			assertThat(asked.field("Action")).hasValue("AssumeRoleWithWebIdentity");
			assertThat(asked.field("RoleArn")).hasValue("arn:aws:iam::123456789012:role/puller");
			assertThat(asked.field("WebIdentityToken")).hasValue("header.payload.signature");
			assertThat(asked.has("Authorization")).isFalse();
			assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDWEB");
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
				.isThrownBy(() -> this.ecr.askedWith(webIdentity(token, sts)).issue(REGISTRY))
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
		this.ecr.askedWith(Map.of()).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDDEFAULT");
		this.ecr.askedWith(Map.of("AWS_PROFILE", "work")).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDWORK");
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> this.ecr.askedWith(Map.of("AWS_PROFILE", "typo")).issue(REGISTRY))
			.withMessageContainingAll("AWS_PROFILE names 'typo'", ".aws/config");
	}

	@Test
	void runsTheProcessOfAProfile() throws Exception {
		Path config = Files.writeString(this.home.resolve("config"),
				"[default]\nregion=eu-west-1\ncredential_process=echo "
						+ "'{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"s\"}'\n");
		this.ecr.askedWith(Map.of("AWS_CONFIG_FILE", config.toString())).issue(REGISTRY);
		assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDPROCESS");
	}

	@Test
	void asksTheContainersServiceAsEksPodIdentityHasIt() throws Exception {
		Path token = Files.writeString(this.home.resolve("token"), "pod-token\n");
		try (StandIn agent = StandIn.start().answer(Matching.get("/v1/credentials"), CREDENTIALS)) {
			this.ecr.askedWith(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.url() + "/v1/credentials",
					"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()))
				.issue(REGISTRY);
			assertThat(agent.requests().last().header("Authorization")).hasValue("pod-token");
			assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDROLE");
			assertThat(this.ecr.server.requests().last().header("X-Amz-Security-Token")).hasValue("session-token");
		}
	}

	@Test
	void sendsNoContainerTokenToAStranger() {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(() -> this.ecr.askedWith(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI",
					"http://evil.example/credentials", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod-token"))
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
			this.ecr.askedWith(instance(imds)).issue(REGISTRY);
			assertThat(SignatureCheck.of(this.ecr.server.requests().last()).keyId()).isEqualTo("AKIDROLE");
			assertThat(imds.requests().last().header("x-aws-ec2-metadata-token")).hasValue("imds-session");
		}
	}

	@Test
	void anInstanceWithoutARoleIsNobody() {
		try (StandIn imds = StandIn.start().answer(Matching.method("PUT"), 200, "text/plain", "imds-session")) {
			assertThat(this.ecr.askedWith(instance(imds)).issue(REGISTRY)).isInstanceOf(Issue.Absent.class);
		}
	}

	@Test
	void aMachineOutsideOfAwsIsNobodyWithoutLongWaiting() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket(silent.getInetAddress(), silent.getLocalPort());
				Socket second = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
			assertThat(first.isConnected() && second.isConnected()).isTrue();
			long start = System.nanoTime();
			assertThat(this.ecr
				.askedWith(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + silent.getLocalPort()))
				.issue(REGISTRY)).isEqualTo(new Issue.Absent(EcrIdentity.ABSENT));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
					Duration.ofSeconds(10));
		}
		assertThat(this.ecr.server.requests().count()).isZero();
	}

	@Test
	void anIdentityThatWouldBreakARequestApartIsAnErrorThatNamesIt() throws Exception {
		assertThatExceptionOfType(CloudException.class)
			.isThrownBy(
					() -> this.ecr.askedWith(StandInEcr.with(ACCESS_KEY, "AWS_SESSION_TOKEN", "made-up\r\nInjected: x"))
						.issue(REGISTRY))
			.withMessage("AWS_SESSION_TOKEN holds a control character (U+000D) before its end");
		Path token = Files.writeString(this.home.resolve("token"), "made-up\nsecond line\n");
		try (StandIn agent = StandIn.start()
			.answer(Matching.get("/v1/credentials"),
					CREDENTIALS.replace("session-token", "made-up\\r\\nInjected: x"))) {
			Map<String, String> variables = Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI",
					agent.url() + "/v1/credentials");
			assertThatExceptionOfType(CloudException.class)
				.isThrownBy(() -> this.ecr.askedWith(variables).issue(REGISTRY))
				.withMessageMatching("Token of container credentials service .* holds a control character .*");
			assertThatExceptionOfType(CloudException.class)
				.isThrownBy(() -> this.ecr
					.askedWith(StandInEcr.with(variables, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()))
					.issue(REGISTRY))
				.withMessage("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names " + token
						+ ", which holds a control character (U+000A) before its end");
		}
		Files.createDirectory(this.home.resolve(".aws"));
		Files.writeString(this.home.resolve(".aws/credentials"),
				"[default]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=made\u0001up\n");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> this.ecr.askedWith(Map.of()).issue(REGISTRY))
			.withMessageContainingAll("session token", "holds a control character (U+0001)")
			.withMessageNotContaining("made");
		assertThat(this.ecr.server.requests().all()).isEmpty();
	}

	private static Map<String, String> webIdentity(Path token, StandIn sts) {
		return Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(), "AWS_ROLE_ARN",
				"arn:aws:iam::123456789012:role/puller", "AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL_STS", sts.url());
	}

	private static Map<String, String> instance(StandIn imds) {
		return Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url());
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
