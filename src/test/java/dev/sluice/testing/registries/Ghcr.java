package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * GitHub's container registry: an expired or invalid personal access token is a 403 at
 * /token even for public images; nobody gets no token for what is private (401); an index
 * that the client doesn't accept is a 404 that says so; there is no catalog.
 */
final class Ghcr implements TokenPersonality {

	@Override
	public String name() {
		return "GHCR";
	}

	@Override
	public String host() {
		return "ghcr.io";
	}

	@Override
	public String service() {
		return "ghcr.io";
	}

	@Override
	public String realmPath() {
		return "/token";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("octocat", "ghp_s3cret");
			case IDENTITY_TOKEN -> Offer.none("a personal access token is a password there");
			case REGISTRY_TOKEN -> Offer.kept("", "Z2hwX3MzY3JldA");
		};
	}

	@Override
	public String helper() {
		return "secretservice";
	}

	@Override
	public int postStatus() {
		return 405;
	}

	@Override
	public String words(Condition condition) {
		return "denied";
	}

	@Override
	public Answer badLogin(Standing standing) {
		return Answer.error(403, "DENIED", "denied");
	}

	@Override
	public Optional<Answer> refusal(TokenAsk ask) {
		boolean refused = ask.standing() == Standing.NOBODY && !ask.denied().isEmpty();
		return refused ? Optional.of(Answer.error(401, "UNAUTHORIZED", "authentication required"))
				: TokenPersonality.super.refusal(ask);
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token);
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.S3));
	}

	@Override
	public Answer finish(Visit visit, Answer answer) {
		if (visit.request().path().equals("/v2/_catalog")) {
			return Answer.error(404, "UNSUPPORTED", "not found");
		}
		boolean unaccepted = visit.isManifest() && answer.status() == 404
				&& !visit.request().header("Accept").orElse("").contains("application/vnd.oci.image.index.v1+json");
		return unaccepted ? Answer.error(404, "MANIFEST_UNKNOWN",
				"OCI index found, but Accept header does not support OCI indexes") : answer;
	}

}
