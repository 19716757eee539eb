package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * GitLab: tokens from /jwt/auth on another host, for a service of a fixed name; whoever
 * may not have the scope, is unknown or expired gets a 403 there. Blobs are at a store,
 * manifests are not.
 */
final class GitLab implements TokenPersonality {

	@Override
	public String name() {
		return "GitLab";
	}

	@Override
	public String host() {
		return "registry.gitlab.com";
	}

	@Override
	public String service() {
		return "container_registry";
	}

	@Override
	public String realmPath() {
		return "/jwt/auth";
	}

	@Override
	public boolean isRealmElsewhere() {
		return true;
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("gitlab+deploy-token-7", "gldt-s3cret");
			case IDENTITY_TOKEN -> Offer.none("it issues no refresh tokens");
			case REGISTRY_TOKEN -> Offer.kept("", "token-of-jwt-auth");
		};
	}

	@Override
	public String helper() {
		return "wincred";
	}

	@Override
	public int postStatus() {
		return 404;
	}

	@Override
	public String words(Condition condition) {
		return "access forbidden";
	}

	@Override
	public Optional<Answer> refusal(TokenAsk ask) {
		return (ask.isByBadLogin() || !ask.denied().isEmpty())
				? Optional.of(Answer.error(403, "DENIED", "access forbidden")) : Optional.empty();
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token);
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.S3));
	}

}
