package dev.sluice.credential;

import org.jspecify.annotations.Nullable;

/**
 * Who we are at a registry. Immutable; equal to another with the same content; printing
 * one shows no secret.
 * <p>
 * Making one from foreign text leaves out the line's end that the text ends with, and
 * throws {@link UnusableCredentialException} for what can't go on the wire as it is: a
 * source says then which of its entries that was, and goes on with the others.
 */
public sealed interface Credential {

	/**
	 * A user name and a password, for Basic and for a token server.
	 *
	 * @param username the name, not empty
	 * @param password the password, perhaps empty
	 */
	record Basic(String username, Secret password) implements Credential {

		public Basic {
			username = CredentialText.username(username);
			password = CredentialText.password(username, password);
		}

	}

	/**
	 * An OAuth2 refresh token ({@code identitytoken}), traded for access tokens.
	 *
	 * @param username the name that came with it, for token servers that want it as Basic
	 * @param token the refresh token
	 */
	record IdentityToken(@Nullable String username, Secret token) implements Credential {

		public IdentityToken {
			username = (username != null) ? CredentialText.username(username) : null;
			token = CredentialText.identityToken(token);
		}

	}

	/**
	 * A bearer token that is sent as it is ({@code registrytoken}).
	 *
	 * @param token the token
	 */
	record RegistryToken(Secret token) implements Credential {

		public RegistryToken {
			token = CredentialText.registryToken(token);
		}

	}

	/** Nobody. */
	record Anonymous() implements Credential {
	}

}
