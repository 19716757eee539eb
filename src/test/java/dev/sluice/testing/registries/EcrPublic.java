package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * Amazon's public gallery: the scope is {@code aws} whatever is asked; all is public, yet
 * only to be had with a token; HEAD of a blob is a 401 whatever token it bears; a stale
 * login gets no token at all (T; its status and words are (B)).
 */
final class EcrPublic implements TokenPersonality {

	@Override
	public String name() {
		return "ECR Public";
	}

	@Override
	public String host() {
		return "public.ecr.aws";
	}

	@Override
	public String privateRepository() {
		return "";
	}

	@Override
	public String service() {
		return "public.ecr.aws";
	}

	@Override
	public String realmPath() {
		return "/token/";
	}

	@Override
	public String scope(String repository, boolean tags) {
		return "aws";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("AWS", "eyJwYXlsb2FkIjoicHVibGljIn0");
			case IDENTITY_TOKEN -> Offer.none("it issues no refresh tokens");
			case REGISTRY_TOKEN -> Offer.kept("", "token-of-public.ecr.aws");
		};
	}

	@Override
	public String helper() {
		return "ecr-login";
	}

	@Override
	public int postStatus() {
		return 405;
	}

	@Override
	public Answer badLogin(Standing standing) {
		return (standing == Standing.EXPIRED)
				? Answer.error(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")
				: Answer.error(401, "DENIED", "Not Authorized");
	}

	@Override
	public Answer unauthorized(Visit visit) {
		return Answer.error(401, "DENIED", "Not Authorized").with("WWW-Authenticate", challenge(visit));
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token);
	}

	@Override
	public Optional<Answer> refusal(Visit visit) {
		return (visit.isBlob() && visit.request().isHead()) ? Optional.of(unauthorized(visit))
				: TokenPersonality.super.refusal(visit);
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.S3));
	}

}
