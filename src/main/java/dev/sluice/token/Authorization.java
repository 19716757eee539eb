package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What goes into an {@code Authorization} header. Immutable; printing one shows no
 * secret.
 *
 * @param value the header's value, or empty to send none
 */
public record Authorization(Optional<Secret> value) {

	/** No header at all. */
	public static final Authorization NONE = new Authorization(Optional.empty());

	private static final String BEARER = "Bearer ";

	static Authorization bearer(Secret token) {
		return of(BEARER + token.reveal());
	}

	static Authorization basic(String username, Secret password) {
		byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
		return of("Basic " + Base64.getEncoder().encodeToString(pair));
	}

	static Authorization basic(Credential.Basic credential) {
		return basic(credential.username(), credential.password());
	}

	/**
	 * Whether it shows the credential itself, and not a token made from it.
	 * @param credential the credential
	 * @return whether it is Basic, or the very token that is the credential
	 */
	public boolean presents(Credential credential) {
		return switch (credential) {
			case Credential.Basic basic -> equals(basic(basic));
			case Credential.RegistryToken registry -> equals(bearer(registry.token()));
			case Credential.IdentityToken _, Credential.Anonymous _ -> false;
		};
	}

	/**
	 * Headers with this one.
	 * @param headers the others, left as they are
	 * @return a copy
	 */
	public HttpHeaders addedTo(HttpHeaders headers) {
		HttpHeaders all = headers.copy();
		this.value.ifPresent((header) -> all.set(HttpHeaderNames.AUTHORIZATION, header.reveal()));
		return all;
	}

	/**
	 * The secrets that mustn't be repeated to others: this, the login, in the forms they
	 * are sent in, and what its headers hold.
	 * @param login as whom it is sent
	 * @return the secrets
	 */
	public SentSecrets secretsOf(Login login) {
		Stream<String> kept = switch (login.credential()) {
			case Credential.Basic(var username, Secret password) ->
				Stream.of(password.reveal(), basic(username, password).withoutScheme());
			case Credential.IdentityToken(var username, Secret token) ->
				Stream.of(token.reveal(), basic((username != null) ? username : "", token).withoutScheme());
			case Credential.RegistryToken registry -> Stream.of(registry.token().reveal());
			case Credential.Anonymous _ -> Stream.empty();
		};
		return SentSecrets.of(Stream.concat(Stream.of(withoutScheme()), kept).toList())
			.and(HeaderSecrets.of(login.headers().entrySet()));
	}

	private String withoutScheme() {
		String header = this.value.map(Secret::reveal).orElse("");
		return header.substring(header.indexOf(' ') + 1);
	}

	/**
	 * The token in it.
	 * @return empty for Basic and for nobody
	 */
	Optional<Secret> token() {
		return this.value.map(Secret::reveal)
			.filter((header) -> header.startsWith(BEARER))
			.map((header) -> new Secret(header.substring(BEARER.length())));
	}

	private static Authorization of(String header) {
		return new Authorization(Optional.of(new Secret(header)));
	}

}
