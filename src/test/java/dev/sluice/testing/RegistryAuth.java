package dev.sluice.testing;

import java.util.Optional;
import java.util.Set;

/**
 * How a registry decides whether a request may pass.
 */
sealed interface RegistryAuth {

	/** The refusal, or nothing if the request has a right to {@code scope}. */
	Optional<Answer> refusal(RecordedRequest request, String scope);

	/** Lets everybody in. */
	record Open() implements RegistryAuth {

		@Override
		public Optional<Answer> refusal(RecordedRequest request, String scope) {
			return Optional.empty();
		}

	}

	/** Wants one of a user's passwords, which may change. */
	record Basic(String user, Set<String> passwords) implements RegistryAuth {

		@Override
		public Optional<Answer> refusal(RecordedRequest request, String scope) {
			String given = request.header("Authorization").orElse("");
			return this.passwords.stream()
				.map((password) -> TestClient.basic(this.user, password))
				.anyMatch(given::equals) ? Optional.empty()
						: Optional.of(unauthorized("Basic realm=\"Test Registry\""));
		}

		@Override
		public String toString() {
			return "Basic[" + this.user + "]";
		}

	}

	/** Wants a token from its token server that covers repository and action. */
	record Token(TokenServer tokens) implements RegistryAuth {

		@Override
		public Optional<Answer> refusal(RecordedRequest request, String scope) {
			String challenge = "Bearer realm=\"" + this.tokens.realm() + "\",service=\"" + this.tokens.service() + "\""
					+ (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"");
			Optional<String> authorization = request.header("Authorization");
			if (authorization.isEmpty()) {
				return Optional.of(unauthorized(challenge));
			}
			String token = authorization.get().startsWith("Bearer ") ? authorization.get().substring(7) : "";
			return switch (this.tokens.verify(token, scope)) {
				case GRANTED -> Optional.empty();
				case INVALID -> Optional.of(unauthorized(challenge + ",error=\"invalid_token\""));
				case INSUFFICIENT -> Optional.of(unauthorized(challenge + ",error=\"insufficient_scope\""));
			};
		}

	}

	private static Answer unauthorized(String challenge) {
		return Answer.error(401, "UNAUTHORIZED", "authentication required").with("WWW-Authenticate", challenge);
	}

}
