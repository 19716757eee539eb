package dev.sluice.testing.registries;

import java.time.Instant;
import java.util.Map;

/**
 * The CNCF's distribution with a token server by the specification, on another host.
 */
final class DistributionToken implements TokenPersonality {

	@Override
	public String name() {
		return "Distribution, token";
	}

	@Override
	public String host() {
		return "token.corp.example:5000";
	}

	@Override
	public String service() {
		return "token.corp.example";
	}

	@Override
	public String realmPath() {
		return "/auth";
	}

	@Override
	public boolean isRealmElsewhere() {
		return true;
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("bob", "builder:s3cret");
			case IDENTITY_TOKEN -> Offer.kept("", "refresh-s3cret");
			case REGISTRY_TOKEN -> Offer.kept("", "token-as-it-is");
		};
	}

	@Override
	public String helper() {
		return "wincred";
	}

	@Override
	public int postStatus() {
		return 0;
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("token", token, "access_token", token, "expires_in", 300, "issued_at", Instant.now().toString());
	}

}
