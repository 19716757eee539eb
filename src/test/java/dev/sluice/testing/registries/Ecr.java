package dev.sluice.testing.registries;

import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;
import dev.sluice.testing.ByteSource;

/**
 * Amazon ECR: Basic and no token server; a wrong password is a 401 in plain text (T), an
 * expired one a refusal in JSON whose status nobody has on record (T): 403 here. A blob
 * is at S3, which refuses what bears an Authorization too.
 */
final class Ecr implements Personality {

	@Override
	public String name() {
		return "ECR";
	}

	@Override
	public String host() {
		return "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
	}

	@Override
	public String publicRepository() {
		return "";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("AWS", "eyJwYXlsb2FkIjoiczNjcmV0In0");
			case IDENTITY_TOKEN, REGISTRY_TOKEN -> Offer.none("it takes Basic alone");
		};
	}

	@Override
	public String helper() {
		return "ecr-login";
	}

	@Override
	public String words(Condition condition) {
		return (condition == Condition.EXPIRED) ? "Your authorization token has expired" : "";
	}

	@Override
	public Optional<Answer> refusal(Visit visit) {
		return switch (visit.presented()) {
			case GOOD_LOGIN -> Optional.empty();
			case EXPIRED_LOGIN -> Optional
				.of(Answer.error(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
			default -> Optional.of(unauthorized(visit));
		};
	}

	@Override
	public String challenge(Visit visit) {
		return "Basic realm=\"https://" + host() + "/\",service=\"ecr.amazonaws.com\"";
	}

	@Override
	public Answer unauthorized(Visit visit) {
		return Answer.of(401, "text/plain; charset=utf-8", ByteSource.of("Not Authorized\n"))
			.with("WWW-Authenticate", challenge(visit));
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.S3));
	}

}
