package dev.sluice.testing.registries;

import dev.sluice.testing.Answer;

/**
 * Google's Artifact Registry: names no service at /v2/, but does at repositories; a POST
 * for a token is a 404; a blob is behind a relative redirect on the same host (B). The
 * words for a bad login are (B).
 */
final class ArtifactRegistry implements TokenPersonality {

	@Override
	public String name() {
		return "Artifact Registry";
	}

	@Override
	public String host() {
		return "us-docker.pkg.dev";
	}

	@Override
	public String publicRepository() {
		return "acme-project/images/public";
	}

	@Override
	public String privateRepository() {
		return "acme-project/images/private";
	}

	@Override
	public String service() {
		return "us-docker.pkg.dev";
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
		return "gcloud";
	}

	@Override
	public Offer helperOffer() {
		return GoogleLogins.accessToken("_dcgcloud_token");
	}

	@Override
	public int postStatus() {
		return 404;
	}

	@Override
	public String challenge(Visit visit) {
		return visit.repository().isEmpty() ? "Bearer realm=\"" + visit.realm() + "\""
				: TokenPersonality.super.challenge(visit);
	}

	@Override
	public Answer finish(Visit visit, Answer answer) {
		boolean here = !visit.isBlob() || answer.status() >= 300 || visit.request().query().equals("download");
		return here ? answer : Answer.of(302).with("Location", visit.request().path() + "?download");
	}

}
