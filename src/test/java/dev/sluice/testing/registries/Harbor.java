package dev.sluice.testing.registries;

import java.util.Map;

import dev.sluice.testing.Answer;

/**
 * Harbor, under the certificate of a private authority: whoever sends an Authorization
 * that won't do is challenged for Basic, everybody else for a token; {@code access_token}
 * is there and empty; robots' names have a dollar sign.
 */
final class Harbor implements TokenPersonality {

	@Override
	public String name() {
		return "Harbor";
	}

	@Override
	public String host() {
		return "harbor.corp.example";
	}

	@Override
	public String service() {
		return "harbor-registry";
	}

	@Override
	public String realmPath() {
		return "/service/token";
	}

	@Override
	public boolean takesLogins() {
		return true;
	}

	@Override
	public boolean isPrivatelyCertified() {
		return true;
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("robot$acme+puller", "hArb0rS3cret");
			case IDENTITY_TOKEN -> Offer.none("it issues no refresh tokens");
			case REGISTRY_TOKEN -> Offer.kept("", "eyJhbGciOiJS.harbor.s3cret");
		};
	}

	@Override
	public String helper() {
		return "secretservice";
	}

	@Override
	public int postStatus() {
		return 404;
	}

	@Override
	public String challenge(Visit visit) {
		boolean basic = visit.presented() != Presented.NOTHING || visit.request().path().equals("/v2/_catalog");
		return basic ? "Basic realm=\"harbor\"" : TokenPersonality.super.challenge(visit);
	}

	@Override
	public Answer unauthorized(Visit visit) {
		return Answer.error(401, "UNAUTHORIZED", "unauthorized to access repository: " + visit.repository())
			.with("WWW-Authenticate", challenge(visit));
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token, "access_token", "", "expires_in", 1800, "issued_at", "2025-01-01T00:00:00Z");
	}

}
