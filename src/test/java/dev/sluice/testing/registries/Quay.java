package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * Quay: {@code token} alone, a JWT; nobody gets a token only for a scope; a disabled
 * namespace is a 405 where tokens are issued; manifests of public repositories need no
 * token (T).
 */
final class Quay implements TokenPersonality {

	/** In a namespace that was disabled. */
	static final String DISABLED = "disabled/app";

	@Override
	public String name() {
		return "Quay";
	}

	@Override
	public String host() {
		return "quay.io";
	}

	@Override
	public String service() {
		return "quay.io";
	}

	@Override
	public String realmPath() {
		return "/v2/auth";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("acme+robot", "ROBOTS3CRET");
			case IDENTITY_TOKEN -> Offer.none("it issues no refresh tokens");
			case REGISTRY_TOKEN -> Offer.kept("", "eyJhbGciOiJS.quay.s3cret");
		};
	}

	@Override
	public String helper() {
		return "pass";
	}

	@Override
	public int postStatus() {
		return 405;
	}

	@Override
	public Answer badLogin(Standing standing) {
		return Answer.error(401, "UNAUTHORIZED", "Could not find robot with specified username");
	}

	@Override
	public String words(Condition condition) {
		return "Could not find robot";
	}

	@Override
	public Optional<Answer> refusal(TokenAsk ask) {
		if (ask.scopes().contains(scope(DISABLED, false))) {
			return Optional.of(Answer.error(405, "DENIED", "Namespace has been disabled. Please contact support."));
		}
		return (ask.standing() == Standing.NOBODY && ask.scopes().isEmpty())
				? Optional.of(Answer.error(401, "UNAUTHORIZED", "authentication required"))
				: TokenPersonality.super.refusal(ask);
	}

	@Override
	public Optional<Answer> refusal(Visit visit) {
		boolean open = visit.isManifest() && visit.repository().equals(publicRepository());
		return (open && visit.presented() == Presented.NOTHING) ? Optional.empty()
				: TokenPersonality.super.refusal(visit);
	}

	@Override
	public boolean issuesJwts() {
		return true;
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token);
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(302, BlobHost.Store.S3));
	}

}
