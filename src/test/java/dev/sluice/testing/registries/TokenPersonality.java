package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;

/**
 * How a registry behaves that wants tokens, and how it issues them. Without state.
 */
public interface TokenPersonality extends Personality {

	/** What it calls itself in challenges and token requests. */
	String service();

	/** The path where it issues tokens. */
	String realmPath();

	/** Whether tokens are issued on another host. */
	default boolean isRealmElsewhere() {
		return false;
	}

	/** Whether its API takes a user name and password too. */
	default boolean takesLogins() {
		return false;
	}

	@Override
	default Optional<Answer> refusal(Visit visit) {
		boolean passes = visit.presented() == Presented.GOOD_TOKEN
				|| (takesLogins() && visit.presented() == Presented.GOOD_LOGIN);
		return passes ? Optional.empty() : Optional.of(unauthorized(visit));
	}

	@Override
	default String challenge(Visit visit) {
		String scope = visit.scope().isEmpty() ? "" : ",scope=\"" + visit.scope() + "\"";
		String error = switch (visit.presented()) {
			case OTHER_TOKEN -> ",error=\"insufficient_scope\"";
			case BAD_TOKEN -> ",error=\"invalid_token\"";
			default -> "";
		};
		return "Bearer realm=\"" + visit.realm() + "\",service=\"" + service() + "\"" + scope + error;
	}

	/** Whether who asks may have this scope. */
	default boolean grants(Standing standing, String scope) {
		return scope.equals(scope(publicRepository(), false)) || scope.equals(scope(publicRepository(), true))
				|| (standing == Standing.GOOD && (scope.equals(scope(privateRepository(), false))
						|| scope.equals(scope(privateRepository(), true))));
	}

	/** The status for a POST, or zero where a refresh token may be posted. */
	int postStatus();

	/** Its refusal of a token, or nothing if one is issued, perhaps without any right. */
	default Optional<Answer> refusal(TokenAsk ask) {
		return ask.isByBadLogin() ? Optional.of(badLogin(ask.standing())) : Optional.empty();
	}

	/** What it answers to a wrong or expired login. */
	default Answer badLogin(Standing standing) {
		return Answer.error(401, "UNAUTHORIZED", "authentication required");
	}

	/** Whether its tokens are JWTs. */
	default boolean issuesJwts() {
		return false;
	}

	/** The body in which it hands out a token. */
	default Map<String, Object> body(String token) {
		return Map.of("token", token, "expires_in", 300);
	}

}
