package dev.sluice.testing.registries;

import dev.sluice.testing.Answer;

/**
 * JFrog Artifactory, by the path method: the realm is on another host and names the
 * Docker repository, which the scope leaves out; a POST for a token is a 401; its API
 * takes a user name and password too (T). The members of its token are (B).
 */
final class Artifactory implements TokenPersonality {

	private static final String KEY = "docker-local/";

	@Override
	public String name() {
		return "Artifactory";
	}

	@Override
	public String host() {
		return "acme.jfrog.io";
	}

	@Override
	public String publicRepository() {
		return KEY + "public";
	}

	@Override
	public String privateRepository() {
		return KEY + "private";
	}

	@Override
	public String service() {
		return "acme.jfrog.io";
	}

	@Override
	public String realmPath() {
		return "/artifactory/api/docker/docker-local/v2/token";
	}

	@Override
	public boolean isRealmElsewhere() {
		return true;
	}

	@Override
	public boolean takesLogins() {
		return true;
	}

	@Override
	public String scope(String repository, boolean tags) {
		return "repository:" + repository.replaceFirst("^" + KEY, "") + ":pull";
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("acmebot", "AKCs3cret");
			case IDENTITY_TOKEN -> Offer.kept("acmebot", "cmVmdGtuOjAxs3cret");
			case REGISTRY_TOKEN -> Offer.kept("", "eyJ2ZXIiOiIys3cret");
		};
	}

	@Override
	public String helper() {
		return "pass";
	}

	@Override
	public int postStatus() {
		return 401;
	}

	@Override
	public String words(Condition condition) {
		return "Wrong username was used";
	}

	@Override
	public Answer badLogin(Standing standing) {
		return Answer.error(401, "UNAUTHORIZED", "Wrong username was used")
			.with("WWW-Authenticate", "Basic realm=\"Artifactory Realm\"");
	}

}
