package dev.sluice.credential.given;

import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.PartKind;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.credential.Secret;
import dev.sluice.credential.UnusableCredentialException;
import org.jspecify.annotations.Nullable;

/**
 * A credential in parts, and what it is for. Immutable.
 *
 * @param source what gave it, in words, for logs and errors
 * @param place the registry that it is for, or null for whichever is asked about
 * @param parts what there is of it: a registry token, else an identity token, else a user
 * name and a password count
 */
public record GivenLogin(String source, @Nullable RegistryPattern place, Map<PartKind, Part> parts) {

	public GivenLogin {
		parts = Map.copyOf(parts);
	}

	/**
	 * Puts the parts together. Blocks if one is in a file.
	 * @return the credential now
	 * @throws UnusablePartException if a part can't be read, is missing, or can't be sent
	 */
	Credential read() {
		try {
			return put();
		}
		catch (UnusableCredentialException ex) {
			Part part = this.parts.get(ex.part());
			throw (part != null) ? new UnusablePartException(part.name(), "it " + ex.flaw())
					: new UnusablePartException(this.source, String.valueOf(ex.getMessage()));
		}
	}

	private Credential put() {
		Optional<Secret> registryToken = part(PartKind.REGISTRY_TOKEN);
		if (registryToken.isPresent()) {
			return new Credential.RegistryToken(registryToken.get());
		}
		Optional<String> username = part(PartKind.USERNAME).map(Secret::reveal);
		Optional<Secret> identityToken = part(PartKind.IDENTITY_TOKEN);
		if (identityToken.isPresent()) {
			return new Credential.IdentityToken(username.orElse(null), identityToken.get());
		}
		return new Credential.Basic(username.orElseThrow(() -> missing("a user name")),
				part(PartKind.PASSWORD).orElseThrow(() -> missing("a password")));
	}

	private Optional<Secret> part(PartKind kind) {
		return Optional.ofNullable(this.parts.get(kind)).map(Part::read);
	}

	private UnusablePartException missing(String part) {
		return new UnusablePartException(this.source, "it lacks " + part);
	}

	boolean hasFiles() {
		return this.parts.values().stream().anyMatch(Part.InFile.class::isInstance);
	}

	int depth() {
		return (this.place != null) ? this.place.depth() : 0;
	}

}
