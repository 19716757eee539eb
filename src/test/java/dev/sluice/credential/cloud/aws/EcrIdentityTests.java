package dev.sluice.credential.cloud.aws;

import java.nio.file.Path;
import java.time.Instant;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.credential.cloud.aws.StandInEcr.ACCESS_KEY;
import static dev.sluice.credential.cloud.aws.StandInEcr.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How passwords for ECR are asked for, and what is made of the answer.
 */
class EcrIdentityTests {

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
	void asksForTheAccountsPasswordWithARequestSignedForItsRegion() throws Exception {
		Issue issue = this.ecr.askedWith(ACCESS_KEY).issue(REGISTRY);
		RecordedRequest request = this.ecr.server.requests().last();
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
		this.ecr.askedWith(StandInEcr.with(ACCESS_KEY, "AWS_SESSION_TOKEN", "session")).issue(REGISTRY);
		RecordedRequest request = this.ecr.server.requests().last();
		assertThat(request.header("X-Amz-Security-Token")).hasValue("session");
		assertThat(SignatureCheck.of(request).signedHeaders()).contains("x-amz-security-token");
		SignatureCheck.of(request).isBy("very/secret", request);
	}

	@Test
	void asksEcrPublicInItsOnlyRegion() throws Exception {
		this.ecr.server.answer(Matching.method("POST"), "{\"authorizationData\":{\"authorizationToken\":\""
				+ StandInEcr.encoded("publ1c") + "\",\"expiresAt\":4102444800.0}}");
		Issue issue = new EcrPublicIdentity(
				this.ecr.identities(StandInEcr.with(ACCESS_KEY, "AWS_REGION", "ap-south-1")), this.ecr.services,
				this.ecr.uri())
			.issue(RegistryName.parse("public.ecr.aws"));
		RecordedRequest request = this.ecr.server.requests().last();
		assertThat(request.header("X-Amz-Target")).hasValue("SpencerFrontendService.GetAuthorizationToken");
		assertThat(request.body()).isEqualTo("{}");
		assertThat(SignatureCheck.of(request).region()).isEqualTo("us-east-1");
		assertThat(SignatureCheck.of(request).service()).isEqualTo("ecr-public");
		SignatureCheck.of(request).isBy("very/secret", request);
		assertThat(issue).isInstanceOfSatisfying(Issue.Granted.class, (granted) -> assertThat(granted.credential())
			.isEqualTo(new Credential.Basic("AWS", new Secret("publ1c"))));
	}

	@ParameterizedTest
	@CsvSource({ "AccessDeniedException, 'User: arn:aws:iam::1:user/x is not authorized to perform', grant it",
			"ExpiredTokenException, 'The security token is expired: very/secret', clock",
			"com.amazon.coral.service#UnrecognizedClientException, invalid, clock" })
	void aRefusalNamesTheIdentityTheCodeAndWhatToDo(String code, String message, String hint) {
		this.ecr.server.answer(Matching.method("POST"), 400, "application/x-amz-json-1.1",
				"{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> this.ecr.askedWith(ACCESS_KEY).issue(REGISTRY))
			.withMessageContainingAll("access key in AWS_ACCESS_KEY_ID", code.substring(code.indexOf('#') + 1), "400",
					hint)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("very/secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"authorizationData\":[{\"authorizationToken\":\"QVdTOnA=\"}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"QVdTOnA=\",\"expiresAt\":-1}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"no base64\",\"expiresAt\":4102444800}]}",
			"{\"authorizationData\":[{\"authorizationToken\":\"QVdT\",\"expiresAt\":4102444800}]}",
			"{\"authorizationData\":[[]]}", "{\"authorizationData\":\"x\"}", "[]", "" })
	void anAnswerWithoutAUsableTokenIsAnErrorThatSaysSo(String answer) {
		this.ecr.server.answer(Matching.method("POST"), answer);
		assertThatExceptionOfType(CloudException.class).isThrownBy(() -> this.ecr.askedWith(ACCESS_KEY).issue(REGISTRY))
			.withMessage(this.ecr.server.authority() + " answers without a usable token");
	}

}
