package dev.sluice.testing.registries;

import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * Google's old registry: at repositories its 401 names no token server, only at /v2/ it
 * does, without a scope. Real ones do so now and then, this one always. A POST for a
 * token is a 404.
 */
final class Gcr implements TokenPersonality {

	@Override
	public String name() {
		return "GCR";
	}

	@Override
	public String host() {
		return "gcr.io";
	}

	@Override
	public String publicRepository() {
		return "acme-project/public";
	}

	@Override
	public String privateRepository() {
		return "acme-project/private";
	}

	@Override
	public String service() {
		return "gcr.io";
	}

	@Override
	public String realmPath() {
		return "/v2/token";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> GoogleLogins.KEY;
			case IDENTITY_TOKEN -> Offer.none("it takes no refresh tokens (POST is a 404)");
			case REGISTRY_TOKEN -> Offer.kept("", "ya29.as-it-is");
		};
	}

	@Override
	public Standing standing(String username, String secret) {
		return GoogleLogins.standing(username, secret);
	}

	@Override
	public String helper() {
		return "gcr";
	}

	@Override
	public Offer helperOffer() {
		return GoogleLogins.accessToken("_dcgcr_1_5_0_token");
	}

	@Override
	public int postStatus() {
		return 404;
	}

	@Override
	public Answer unauthorized(Visit visit) {
		Answer bare = Answer.error(401, "UNAUTHORIZED",
				"You don't have the needed permissions to perform this operation");
		return visit.repository().isEmpty() ? bare.with("WWW-Authenticate", challenge(visit)) : bare;
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(302, BlobHost.Store.S3));
	}

}
