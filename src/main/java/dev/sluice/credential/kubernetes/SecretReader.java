package dev.sluice.credential.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.credential.Secret;
import dev.sluice.credential.UnusableCredentialException;
import dev.sluice.credential.dockerconfig.MalformedConfigException;
import dev.sluice.credential.dockerconfig.PatternLogins;
import dev.sluice.credential.given.SecretText;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;

/**
 * Reads a secret: {@code .dockerconfigjson} and {@code .dockercfg} as a kubelet does,
 * with all of Docker's kinds of login; a {@code username} with a {@code password} or
 * {@code token}, or a {@code token} alone, for the one registry in {@code registry}, else
 * the one that the secret is named after. Not thread-safe; for one use.
 */
final class SecretReader {

	private final SecretContent content;

	private final List<PullLogin> logins = new ArrayList<>();

	private final List<UnusableEntry> unusable = new ArrayList<>();

	private final List<String> keys = new ArrayList<>();

	private final Set<RegistryName> registryNames = new HashSet<>();

	private final List<String> problems = new ArrayList<>();

	private final List<String> warnings = new ArrayList<>();

	private SecretReader(SecretContent content) {
		this.content = content;
	}

	/**
	 * Reads one.
	 * @param content the secret
	 * @return what it gives
	 * @throws UnusablePartException if it can't be used; the message begins with the
	 * secret's name
	 */
	static PullSecret read(SecretContent content) {
		SecretReader reader = new SecretReader(content);
		reader.dockerConfig(SecretContent.DOCKER_CONFIG);
		reader.dockerConfig(SecretContent.LEGACY_DOCKER_CONFIG);
		if (reader.hasAny(SecretContent.USERNAME, SecretContent.PASSWORD, SecretContent.TOKEN)) {
			reader.singleLogin();
		}
		else if (!reader.hasAny(SecretContent.DOCKER_CONFIG, SecretContent.LEGACY_DOCKER_CONFIG)) {
			throw reader.unusable(
					"it has none of the keys .dockerconfigjson, .dockercfg, username with password or token, token");
		}
		return new PullSecret(reader.logins, reader.unusable, reader.keys, reader.registryNames, reader.problems,
				reader.warnings);
	}

	private void dockerConfig(String key) {
		byte[] bytes = this.content.get(key);
		if (bytes == null) {
			return;
		}
		try {
			PatternLogins config = PatternLogins.read(bytes);
			config.entries().forEach((entry) -> add(key, entry, config.headers()));
			config.problems().forEach((problem) -> this.problems.add(key + ": " + problem));
			config.warnings().forEach((warning) -> this.warnings.add(key + " " + warning));
		}
		catch (MalformedConfigException ex) {
			throw unusable(key + " " + ex.getMessage());
		}
	}

	private void add(String key, PatternLogins.Entry entry, Map<String, String> headers) {
		name(entry.key(), entry.place());
		entry.credential()
			.ifPresent((credential) -> this.logins.add(new PullLogin(entry.place(),
					new Login(credential, headers, this.content.source() + " (" + entry.key() + ")"))));
		entry.problem()
			.ifPresent((problem) -> this.unusable
				.add(new UnusableEntry(entry.place(), this.content.source() + ": " + key + ": " + problem)));
	}

	private void singleLogin() {
		Credential credential = usable();
		RegistryPattern place = place();
		name(written(), place);
		this.logins.add(new PullLogin(place, new Login(credential, Map.of(), this.content.source())));
	}

	private Credential usable() {
		try {
			return credential();
		}
		catch (UnusableCredentialException ex) {
			throw unusable(String.valueOf(ex.getMessage()));
		}
	}

	private Credential credential() {
		if (hasAny(SecretContent.PASSWORD) && hasAny(SecretContent.TOKEN)) {
			throw unusable("it has both a password and a token; only one of them may be");
		}
		if (hasAny(SecretContent.USERNAME)) {
			String username = text(SecretContent.USERNAME).reveal();
			return new Credential.Basic(username, hasAny(SecretContent.TOKEN) ? text(SecretContent.TOKEN) : password());
		}
		if (hasAny(SecretContent.PASSWORD)) {
			throw unusable("it has a password but no username");
		}
		return new Credential.RegistryToken(text(SecretContent.TOKEN));
	}

	private Secret password() {
		if (!hasAny(SecretContent.PASSWORD)) {
			throw unusable("it has a username but no password");
		}
		return text(SecretContent.PASSWORD);
	}

	/** A pattern lists nothing. */
	private void name(String key, RegistryPattern place) {
		this.keys.add(key);
		place.registry().ifPresent(this.registryNames::add);
	}

	private RegistryPattern place() {
		return RegistryPattern.parse(written())
			.orElseThrow(() -> unusable("registry names no registry: expected host[:port]"));
	}

	private String written() {
		if (hasAny(SecretContent.REGISTRY)) {
			return Printable.of(text(SecretContent.REGISTRY).reveal().strip());
		}
		boolean named = RegistryName.looksLikeHost(this.content.name())
				&& RegistryName.tryParse(this.content.name()).isPresent();
		if (!named) {
			throw unusable("it doesn't say which registry it is for: add a key 'registry' that holds host[:port]");
		}
		return this.content.name();
	}

	private Secret text(String key) {
		byte[] bytes = this.content.get(key);
		return SecretText.read(this.content.source(), key, (bytes != null) ? bytes : new byte[0]);
	}

	private boolean hasAny(String... keys) {
		return Stream.of(keys).anyMatch((key) -> this.content.get(key) != null);
	}

	private UnusablePartException unusable(String cause) {
		return new UnusablePartException(this.content.source(), cause);
	}

}
