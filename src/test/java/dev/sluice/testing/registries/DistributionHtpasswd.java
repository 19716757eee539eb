package dev.sluice.testing.registries;

import java.util.Optional;

import dev.sluice.testing.Answer;

/**
 * The CNCF's distribution with an htpasswd file.
 */
final class DistributionHtpasswd implements Personality {

	@Override
	public String name() {
		return "Distribution, htpasswd";
	}

	@Override
	public String host() {
		return "basic.corp.example:5000";
	}

	@Override
	public String publicRepository() {
		return "";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("alice", "wonderland s3cret");
			case IDENTITY_TOKEN, REGISTRY_TOKEN -> Offer.none("it takes Basic alone");
		};
	}

	@Override
	public String helper() {
		return "pass";
	}

	@Override
	public Optional<Answer> refusal(Visit visit) {
		return (visit.presented() == Presented.GOOD_LOGIN) ? Optional.empty() : Optional.of(unauthorized(visit));
	}

	@Override
	public String words(Condition condition) {
		return "authentication required";
	}

	@Override
	public String challenge(Visit visit) {
		return "Basic realm=\"Registry Realm\"";
	}

}
