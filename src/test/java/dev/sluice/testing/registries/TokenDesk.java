package dev.sluice.testing.registries;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.testing.Answer;
import dev.sluice.testing.IssuedTokens;
import dev.sluice.testing.RecordedRequest;

/**
 * Issues the tokens of one registry by GET with Basic or nothing, and by POST of a
 * refresh token, as its personality has it; and knows them again. Thread-safe.
 */
final class TokenDesk {

	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private final TokenPersonality personality;

	private final IssuedTokens tokens = new IssuedTokens(Clock.systemUTC());

	TokenDesk(TokenPersonality personality) {
		this.personality = personality;
	}

	Answer answer(RecordedRequest request) {
		boolean posted = request.method().equals("POST");
		boolean refreshing = request.field("grant_type").filter("refresh_token"::equals).isPresent();
		if (posted && (this.personality.postStatus() != 0 || !refreshing)) {
			int status = (this.personality.postStatus() != 0) ? this.personality.postStatus() : 400;
			return Answer.error(status, "UNSUPPORTED", "The operation is unsupported.");
		}
		Optional<String> service = posted ? request.field("service") : request.parameter("service");
		if (service.filter((name) -> !name.equals(this.personality.service())).isPresent()) {
			return Answer.error(400, "UNSUPPORTED", "unknown service");
		}
		List<String> scopes = (posted ? request.field("scope").stream() : request.parameters("scope").stream())
			.flatMap((value) -> Stream.of(value.split(" ")))
			.filter((scope) -> !scope.isEmpty())
			.toList();
		return answer(request, posted ? refreshing(request) : byBasic(request), scopes);
	}

	private Answer answer(RecordedRequest request, Standing standing, List<String> scopes) {
		List<String> denied = scopes.stream().filter((scope) -> !this.personality.grants(standing, scope)).toList();
		return this.personality.refusal(new TokenAsk(request, standing, scopes, denied)).orElseGet(() -> {
			HashSet<String> rights = new HashSet<>(scopes);
			denied.forEach(rights::remove);
			return Answer.json(200,
					this.personality.body(this.tokens.issue(rights, LIFETIME, this.personality.issuesJwts())));
		});
	}

	private Standing refreshing(RecordedRequest request) {
		return (this.personality.offer(Form.IDENTITY_TOKEN) instanceof Offer.Kept kept)
				? kept.standing(request.field("refresh_token").orElse("")) : Standing.WRONG;
	}

	private Standing byBasic(RecordedRequest request) {
		return request.header("Authorization")
			.map((authorization) -> standing(this.personality, authorization))
			.orElse(Standing.NOBODY);
	}

	/** What a Basic {@code Authorization} is worth. */
	static Standing standing(Personality personality, String authorization) {
		if (!authorization.startsWith("Basic ")) {
			return Standing.WRONG;
		}
		byte[] pair = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
		String[] login = new String(pair, StandardCharsets.UTF_8).split(":", 2);
		return personality.standing(login[0], login[1]);
	}

	/** What a token is worth for {@code scope}. */
	Presented verify(String token, String scope) {
		if (this.personality.offer(Form.REGISTRY_TOKEN) instanceof Offer.Kept kept && kept.right().equals(token)) {
			boolean granted = scope.isEmpty() || this.personality.grants(Standing.GOOD, scope);
			return granted ? Presented.GOOD_TOKEN : Presented.OTHER_TOKEN;
		}
		return switch (this.tokens.verify(token, scope)) {
			case GRANTED -> Presented.GOOD_TOKEN;
			case INSUFFICIENT -> Presented.OTHER_TOKEN;
			case INVALID -> Presented.BAD_TOKEN;
		};
	}

}
