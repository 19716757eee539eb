package dev.sluice.credential.dockerconfig;

import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.UnusableCredentialException;

/**
 * Reads one entry of {@code auths}. Where it holds several kinds of credential, the most
 * specific counts: {@code registrytoken}, {@code identitytoken}, {@code auth},
 * {@code username} with {@code password}.
 */
final class AuthEntryReader {

	private AuthEntryReader() {
	}

	/**
	 * Reads an entry.
	 * @param fields the entry
	 * @return the credential, or empty if the entry holds none (Docker writes
	 * <code>{}</code> for what a helper keeps)
	 * @throws MalformedEntryException if the entry can't be used
	 */
	static Optional<Credential> read(EntryFields fields) throws MalformedEntryException {
		try {
			return credential(fields);
		}
		catch (UnusableCredentialException ex) {
			throw new MalformedEntryException("can't be used, for " + ex.getMessage());
		}
	}

	private static Optional<Credential> credential(EntryFields fields) throws MalformedEntryException {
		Optional<Credential> registryToken = filled(fields, "registrytoken")
			.map((token) -> new Credential.RegistryToken(new Secret(token)));
		if (registryToken.isPresent()) {
			return registryToken;
		}
		Optional<String> identityToken = filled(fields, "identitytoken");
		if (identityToken.isPresent()) {
			String username = username(fields).orElse(null);
			return Optional.of(new Credential.IdentityToken(username, new Secret(identityToken.get())));
		}
		return basic(fields);
	}

	private static Optional<Credential> basic(EntryFields fields) throws MalformedEntryException {
		Optional<String> auth = filled(fields, "auth");
		if (auth.isPresent()) {
			return Optional.of(EncodedLogin.decode(auth.get()));
		}
		Optional<String> username = filled(fields, "username");
		Optional<String> password = fields.text("password");
		if (username.isPresent() && password.isPresent()) {
			return Optional.of(new Credential.Basic(username.get(), new Secret(password.get())));
		}
		if (username.isPresent()) {
			throw new MalformedEntryException("has a user name but no password");
		}
		if (password.isPresent() && !password.get().isEmpty()) {
			throw new MalformedEntryException("has a password but no user name");
		}
		return Optional.empty();
	}

	/**
	 * The user name beside an identity token, which is good without one: an {@code auth}
	 * that can't be read only costs the name.
	 */
	private static Optional<String> username(EntryFields fields) throws MalformedEntryException {
		Optional<String> auth = filled(fields, "auth");
		if (auth.isEmpty()) {
			return filled(fields, "username");
		}
		try {
			return Optional.of(EncodedLogin.decode(auth.get()).username());
		}
		catch (MalformedEntryException | UnusableCredentialException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> filled(EntryFields fields, String name) throws MalformedEntryException {
		return fields.text(name).filter((text) -> !text.isBlank());
	}

}
