package dev.sluice.credential.cloud.aws;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.Expiry;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.credential.cloud.Reply;
import dev.sluice.oci.Printable;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * The one call of the ECR APIs that Sluice makes: {@code GetAuthorizationToken}, in
 * {@code application/x-amz-json-1.1}, signed by Signature Version 4. Blocks; thread-safe.
 */
final class AuthorizationTokens {

	private static final int BAD_REQUEST = 400;

	private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

	private final CloudCalls calls;

	AuthorizationTokens(CloudCalls calls) {
		this.calls = calls;
	}

	/**
	 * Asks for a password.
	 * @param identity as whom
	 * @param question of which API, and what
	 * @return the password
	 * @throws CloudException if it is refused
	 */
	Issue.Granted get(AwsIdentity identity, Question question) {
		SdkHttpRequest request = SdkHttpRequest.builder()
			.method(SdkHttpMethod.POST)
			.uri(question.endpoint())
			.putHeader("Content-Type", "application/x-amz-json-1.1")
			.putHeader("X-Amz-Target", question.target())
			.build();
		byte[] body = question.body().getBytes(StandardCharsets.UTF_8);
		SignedRequest signed = this.signer.sign((sign) -> sign.identity(identity.credentials())
			.request(request)
			.payload(() -> new ByteArrayInputStream(body))
			.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, question.service())
			.putProperty(AwsV4HttpSigner.REGION_NAME, question.region()));
		HttpHeaders headers = new DefaultHttpHeaders();
		signed.request().headers().forEach(headers::set);
		Reply reply = this.calls.post(question.endpoint(), headers, question.body());
		if (!reply.isGood()) {
			throw refused(identity, question, reply);
		}
		return read(question, reply);
	}

	/** ECR answers with a list of one, ECR Public with the one. */
	private static Issue.Granted read(Question question, Reply reply) {
		Optional<Credential> login = field(reply, "authorizationToken").flatMap(AuthorizationTokens::login);
		Optional<Instant> end = field(reply, "expiresAt").flatMap(Expiry::at);
		return login.flatMap((credential) -> end.map((at) -> new Issue.Granted(credential, at)))
			.orElseThrow(
					() -> new CloudException(question.endpoint().getAuthority() + " answers without a usable token"));
	}

	private static Optional<String> field(Reply reply, String name) {
		return reply.text("authorizationData[0]." + name).or(() -> reply.text("authorizationData." + name));
	}

	private static Optional<Credential> login(String encoded) {
		try {
			String[] pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
			return (pair.length == 2) ? Optional.of(new Credential.Basic(pair[0], new Secret(pair[1])))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static CloudException refused(AwsIdentity identity, Question question, Reply reply) {
		String code = code(reply);
		boolean denied = code.startsWith("AccessDenied");
		// words about a signature quote the request, and with it the session token
		String words = denied ? " " + Printable.of(reply.text("message").orElse("")) : "";
		return new CloudException(question.endpoint().getAuthority() + " answers " + reply.status() + " " + code + words
				+ " to the " + identity.kind() + hint(question, reply.status(), denied));
	}

	private static String hint(Question question, int status, boolean denied) {
		if (denied) {
			return ": grant it " + question.permission();
		}
		return (status >= BAD_REQUEST && status < 500)
				? ": are its keys right and not expired, and is this machine's clock?" : "";
	}

	private static String code(Reply reply) {
		String type = reply.text("__type").orElse("");
		String header = Optional.ofNullable(reply.headers().get("x-amzn-ErrorType")).orElse("");
		String code = type.isEmpty() ? header.split(":", 2)[0] : type;
		return Printable.of(code.substring(code.indexOf('#') + 1));
	}

	/**
	 * What is asked for.
	 *
	 * @param endpoint the API's endpoint
	 * @param region the region to sign for
	 * @param service the API's signing name
	 * @param target the operation, for {@code X-Amz-Target}
	 * @param body its JSON
	 * @param permission what must be granted, in words
	 */
	record Question(URI endpoint, String region, String service, String target, String body, String permission) {
	}

}
