package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;

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
