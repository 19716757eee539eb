package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

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

	/** Wants one user's password. */
	record Basic(String user, String password) implements RegistryAuth {

		@Override
		public Optional<Answer> refusal(RecordedRequest request, String scope) {
			String pair = this.user + ":" + this.password;
			String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
			return request.header("Authorization").filter(expected::equals).isPresent() ? Optional.empty()
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
