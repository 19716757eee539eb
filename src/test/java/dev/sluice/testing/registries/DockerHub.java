package dev.sluice.testing.registries;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * Docker Hub: tokens from auth.docker.io in both members (B); a repository that doesn't
 * exist is a 401 for want of scope, not a 404; manifests carry the rate limit, and
 * {@code acme/limited} is over it. Only GET counts; the envelope of its 429 is (B).
 */
final class DockerHub implements TokenPersonality {

	/** Over its pull rate limit. */
	static final String LIMITED = "acme/limited";

	@Override
	public String name() {
		return "Docker Hub";
	}

	@Override
	public String host() {
		return "docker.io";
	}

	@Override
	public String credentialKey() {
		return "https://index.docker.io/v1/";
	}

	@Override
	public String publicRepository() {
		return "library/hello";
	}

	@Override
	public String service() {
		return "registry.docker.io";
	}

	@Override
	public String realmPath() {
		return "/token";
	}

	@Override
	public boolean isRealmElsewhere() {
		return true;
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("acmebot", "dckr_pat_s3cret");
			case IDENTITY_TOKEN -> Offer.none("docker login keeps a password or an access token");
			case REGISTRY_TOKEN -> Offer.kept("", "token-of-auth.docker.io");
		};
	}

	@Override
	public String helper() {
		return "osxkeychain";
	}

	@Override
	public int postStatus() {
		return 405;
	}

	@Override
	public String words(Condition condition) {
		return "incorrect username or password";
	}

	@Override
	public Answer badLogin(Standing standing) {
		return Answer.json(401, Map.of("details", "incorrect username or password"));
	}

	@Override
	public boolean grants(Standing standing, String scope) {
		return TokenPersonality.super.grants(standing, scope) || scope.equals(scope(LIMITED, false));
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token, "access_token", token, "expires_in", 300, "issued_at", Instant.now().toString());
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.S3));
	}

	@Override
	public Answer finish(Visit visit, Answer answer) {
		if (!visit.isManifest()) {
			return answer;
		}
		if (visit.repository().equals(LIMITED) && !visit.request().isHead()) {
			return Answer.error(429, "TOOMANYREQUESTS",
					"You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: "
							+ "https://www.docker.com/increase-rate-limits")
				.with("ratelimit-limit", "100;w=21600")
				.with("ratelimit-remaining", "0;w=21600");
		}
		return answer.with("ratelimit-limit", "100;w=21600")
			.with("ratelimit-remaining", "20;w=21600")
			.with("docker-ratelimit-source", "192.0.2.1");
	}

}
