package dev.sluice.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.sluice.credential.PartKind;
import dev.sluice.credential.Secret;
import dev.sluice.credential.given.GivenLogin;
import dev.sluice.credential.given.Part;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.settings.Home;
import dev.sluice.settings.UpstreamProperties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code credential} of an upstream's settings: exactly one kind, whole. Not
 * thread-safe; for one use.
 */
final class UpstreamCredential {

	private final String property;

	private final Map<PartKind, Part> parts = new EnumMap<>(PartKind.class);

	private UpstreamCredential(String property) {
		this.property = property;
	}

	/**
	 * Reads one.
	 * @param property its property, {@code sluice.upstreams[index].credential}
	 * @param given its settings
	 * @return the credential, for whatever endpoint the upstream has
	 * @throws UnusablePartException naming the property that is wrong or missing
	 */
	static GivenLogin read(String property, UpstreamProperties.Credential given) {
		UpstreamCredential credential = new UpstreamCredential(property);
		credential.add(PartKind.USERNAME, given.username(), given.usernameFile());
		credential.add(PartKind.PASSWORD, given.password(), given.passwordFile());
		credential.add(PartKind.IDENTITY_TOKEN, given.identityToken(), given.identityTokenFile());
		credential.add(PartKind.REGISTRY_TOKEN, given.registryToken(), given.registryTokenFile());
		credential.requireOneKind();
		return new GivenLogin(property, null, credential.parts);
	}

	private void add(PartKind kind, @Nullable String text, @Nullable Path file) {
		String name = name(kind);
		boolean given = text != null && !text.isEmpty();
		if (given && file != null) {
			throw new UnusablePartException(name + "-file", name + " is set too; only one of them may be");
		}
		if (file != null) {
			this.parts.put(kind, new Part.InFile(name + "-file", Home.expanded(file)));
		}
		else if (text != null && given) {
			this.parts.put(kind, new Part.Text(name, new Secret(text)));
		}
	}

	private void requireOneKind() {
		List<String> kinds = new ArrayList<>();
		if (this.parts.containsKey(PartKind.USERNAME) || this.parts.containsKey(PartKind.PASSWORD)) {
			kinds.add("username with password");
		}
		if (this.parts.containsKey(PartKind.IDENTITY_TOKEN)) {
			kinds.add("identity-token");
		}
		if (this.parts.containsKey(PartKind.REGISTRY_TOKEN)) {
			kinds.add("registry-token");
		}
		if (kinds.size() != 1) {
			throw new UnusablePartException(this.property, "it has " + (kinds.isEmpty() ? "nothing" : kinds)
					+ ": expected one of username with password, identity-token, registry-token");
		}
		requireTogether(PartKind.USERNAME, PartKind.PASSWORD);
		requireTogether(PartKind.PASSWORD, PartKind.USERNAME);
	}

	private void requireTogether(PartKind given, PartKind needed) {
		Part part = this.parts.get(given);
		if (part != null && !this.parts.containsKey(needed)) {
			throw new UnusablePartException(part.name(), name(needed) + " is missing");
		}
	}

	private String name(PartKind kind) {
		return this.property + "." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
