package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A token server whose tokens a real registry believes: JWTs signed with ES256, the
 * certificate in {@code x5c} (distribution's token authentication). It knows one user and
 * answers GET alone, as the specification allows; asked for rights that the user lacks,
 * it grants none. It calls itself {@code 127.0.0.1}. Thread-safe.
 */
public final class SignedTokenServer implements RecordingServer {

	/** The {@code iss} of its tokens. */
	public static final String ISSUER = "test-issuer";

	/** The {@code aud} of its tokens. */
	public static final String SERVICE = "test-registry";

	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private final X509Bundle signer;

	private final String login;

	private final Map<String, Grant> grants = new ConcurrentHashMap<>();

	private final Grant nothing;

	private final TestServer server;

	private SignedTokenServer(X509Bundle signer, String login) {
		this.signer = signer;
		this.login = login;
		this.nothing = new Grant(jwt(List.of(), Instant.now().plus(LIFETIME)), LIFETIME);
		this.server = new TestServer(Listener.loopback(), this::answer);
	}

	/** Starts one that knows this user, who may pull nothing yet. */
	public static SignedTokenServer start(String user, String password) {
		try {
			X509Bundle signer = new CertificateBuilder().ecp256()
				.subject("CN=token signer")
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
			return new SignedTokenServer(signer, TestClient.basic(user, password));
		}
		catch (Exception ex) {
			throw new IllegalStateException("cannot make a certificate", ex);
		}
	}

	/**
	 * Lets the user pull a repository, by a token that is signed now and handed out until
	 * this is called again.
	 * @param repository its name
	 * @param expiry the token's {@code exp}
	 * @param stated the lifetime that answers state
	 * @return the token
	 */
	public String mayPull(String repository, Instant expiry, Duration stated) {
		String token = sign(repository, expiry, "pull");
		this.grants.put("repository:" + repository + ":pull", new Grant(token, stated));
		return token;
	}

	/** A token for one repository. */
	public String sign(String repository, Instant expiry, String... actions) {
		return jwt(List.of(Json.object("type", "repository", "name", repository, "actions", List.of(actions))), expiry);
	}

	/** The certificate that registries are to trust, as PEM. */
	public String certificate() {
		return this.signer.getCertificatePEM();
	}

	/** The URL to ask for tokens. */
	public String realm() {
		return url() + "/token";
	}

	/** How often it was asked for a token. */
	public int exchanges() {
		return requests().count();
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private Answer answer(RecordedRequest request) {
		if (!request.method().equals("GET") || !request.path().equals("/token")) {
			return Answer.error(404, "UNSUPPORTED", "only GET /token");
		}
		if (!request.header("Authorization").filter(this.login::equals).isPresent()) {
			return Answer.error(401, "UNAUTHORIZED", "wrong user or password");
		}
		Grant grant = this.grants.getOrDefault(request.parameter("scope").orElse(""), this.nothing);
		return Answer.json(200, Map.of("token", grant.token(), "expires_in", grant.stated().toSeconds()));
	}

	private String jwt(List<Map<String, Object>> access, Instant expiry) {
		try {
			String certificate = Base64.getEncoder().encodeToString(this.signer.getCertificate().getEncoded());
			String signed = encode(Json.object("alg", "ES256", "typ", "JWT", "x5c", List.of(certificate))) + "."
					+ encode(claims(access, expiry));
			Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
			signature.initSign(this.signer.getKeyPair().getPrivate());
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("cannot sign", ex);
		}
	}

	private static Map<String, Object> claims(List<Map<String, Object>> access, Instant expiry) {
		long now = Instant.now().getEpochSecond();
		return Json.object("iss", ISSUER, "sub", "robot", "aud", SERVICE, "exp", expiry.getEpochSecond(), "nbf", now,
				"iat", now, "jti", UUID.randomUUID().toString(), "access", access);
	}

	private static String encode(Map<String, Object> part) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.of(part).bytes());
	}

	private record Grant(String token, Duration stated) {
	}

}
