package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.transport.Origin;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what a token server's refusal means. Its messages name the token server by origin,
 * the source of the credential and the server's own words, unless those repeat the
 * secret. Thread-safe.
 */
final class RefusalReader {

	private final JsonMapper json = JsonMapper.shared();

	/**
	 * Says what a refusal means.
	 * @param request what was asked for
	 * @param status the status, not 2xx
	 * @param headers the answer's headers
	 * @param body the answer's body, perhaps empty
	 * @return the reason
	 */
	RegistryException reason(TokenRequest request, int status, HttpHeaders headers, byte[] body) {
		String server = "token server " + request.server();
		String answer = status + words(request, body).map((words) -> " " + words).orElse("");
		if (status < 400) {
			return new RegistryException.InvalidAnswer(
					server + " answers " + status + ": redirects of token requests aren't followed");
		}
		if (status == 429) {
			return new RegistryException.TooManyRequests(server + " answers " + answer,
					Optional.ofNullable(headers.get(HttpHeaderNames.RETRY_AFTER)));
		}
		if (status == 408 || status >= 500) {
			return new RegistryException.UpstreamFailed(server + " answers " + answer);
		}
		return refused(request, status, server, answer);
	}

	private static RegistryException refused(TokenRequest request, int status, String server, String answer) {
		String wanted = request.demand().scope().value().isEmpty() ? ""
				: " for " + Printable.of(request.demand().scope().value());
		boolean identityToken = request.login().credential() instanceof Credential.IdentityToken;
		boolean expired = answer.toLowerCase(Locale.ROOT).contains("token has expired"); // ECR
																							// Public
		if (status == 401 || status == 403 || (status == 400 && (identityToken || expired))) {
			return request.login().isAnonymous()
					? new RegistryException.AccessDenied("no credential for "
							+ registry(request.demand().from().origin()) + ": log in or configure one (" + server
							+ " refused an anonymous token" + wanted + ": " + answer + ")")
					: new RegistryException.CredentialRejected(server + " refused the credential from "
							+ request.login().source() + wanted + ": " + answer);
		}
		String message = server + " refused a token" + wanted + ": " + answer;
		return (status == 400 || status == 404) ? new RegistryException.InvalidAnswer(message)
				: new RegistryException.AccessDenied(message);
	}

	private static String registry(Origin endpoint) {
		String name = endpoint.toString().substring(endpoint.scheme().length() + "://".length());
		return RegistryName.tryParse(name).map(RegistryName::toString).orElse(name);
	}

	private Optional<String> words(TokenRequest request, byte[] body) {
		return tree(body).flatMap(RefusalReader::message)
			.filter((words) -> secrets(request.login().credential()).noneMatch(words::contains))
			.map(Printable::of);
	}

	private Optional<JsonNode> tree(byte[] body) {
		try {
			return Optional.of(this.json.readTree(new String(body, StandardCharsets.UTF_8)));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> message(JsonNode answer) {
		JsonNode error = answer.path("errors").path(0);
		return Stream
			.of(error.path("message"), error.path("code"), answer.path("error_description"), answer.path("details"),
					answer.path("message"), answer.path("error"))
			.map((node) -> node.asString(""))
			.filter((text) -> !text.isBlank())
			.findFirst();
	}

	private static Stream<String> secrets(Credential credential) {
		return switch (credential) {
			case Credential.Basic basic -> forms(basic.username(), basic.password());
			case Credential.IdentityToken(var username, Secret token) ->
				forms((username != null) ? username : "", token);
			case Credential.RegistryToken registry -> Stream.of(registry.token().reveal());
			case Credential.Anonymous _ -> Stream.empty();
		};
	}

	private static Stream<String> forms(String username, Secret password) {
		String header = Authorization.basic(username, password).value().orElseThrow().reveal();
		return Stream.of(password.reveal(), header.substring(header.indexOf(' ') + 1))
			.filter((secret) -> !secret.isEmpty());
	}

}
