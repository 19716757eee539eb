package dev.sluice.credential.environment;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

import dev.sluice.credential.PartKind;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.credential.Secret;
import dev.sluice.credential.environment.VariableName.Field;
import dev.sluice.credential.given.GivenLogin;
import dev.sluice.credential.given.Part;
import dev.sluice.credential.given.UnusablePartException;

/**
 * The variables of one credential, gathered one by one. Not thread-safe; for one use.
 */
final class VariableGroup {

	private final VariableName first;

	private final Map<Field, Part> parts = new EnumMap<>(Field.class);

	VariableGroup(VariableName first) {
		this.first = first;
	}

	void add(VariableName name, String value) {
		Part part = name.inFile() ? new Part.InFile(name.text(), Path.of(value))
				: new Part.Text(name.text(), new Secret(value));
		Part before = this.parts.putIfAbsent(name.field(), part);
		if (before != null) {
			throw new UnusablePartException(name.text(), before.name() + " is set too; only one of them may be");
		}
	}

	/**
	 * Puts them together.
	 * @return the credential
	 * @throws UnusablePartException if something is missing
	 */
	GivenLogin login() {
		Part hostname = this.parts.get(Field.HOSTNAME);
		if (hostname == null) {
			throw missing(Field.HOSTNAME, "the registry that it is for" + misplacedFile());
		}
		requireTogether(Field.USERNAME, Field.PASSWORD);
		if (this.parts.size() == 1) {
			throw new UnusablePartException(hostname.name(),
					"the credential is missing: set " + this.first.sibling(Field.USERNAME) + " and "
							+ this.first.sibling(Field.PASSWORD) + ", or " + this.first.sibling(Field.IDENTITY_TOKEN)
							+ ", or " + this.first.sibling(Field.REGISTRY_TOKEN));
		}
		return new GivenLogin("environment variable " + hostname.name(), place(hostname), kinds());
	}

	private void requireTogether(Field username, Field password) {
		boolean token = this.parts.containsKey(Field.IDENTITY_TOKEN) || this.parts.containsKey(Field.REGISTRY_TOKEN);
		if (this.parts.containsKey(username) && !this.parts.containsKey(password) && !token) {
			throw missing(password, "the password of that user");
		}
		if (this.parts.containsKey(password) && !this.parts.containsKey(username)) {
			throw missing(username, "the user whose password it is");
		}
	}

	private UnusablePartException missing(Field field, String what) {
		String set = this.parts.values().stream().map(Part::name).sorted().findFirst().orElse(this.first.text());
		return new UnusablePartException(set, this.first.sibling(field) + " is missing, " + what);
	}

	/** Who writes {@code PASSWORD_CI_FILE} means {@code PASSWORD_FILE_CI}. */
	private String misplacedFile() {
		return this.first.suffix().endsWith("_FILE") ? " (_FILE comes before the suffix)" : "";
	}

	private static RegistryPattern place(Part hostname) {
		return RegistryPattern.parse(hostname.read().reveal())
			.orElseThrow(() -> new UnusablePartException(hostname.name(),
					"it names no registry: expected host[:port], perhaps with https:// before and a path after it"));
	}

	private Map<PartKind, Part> kinds() {
		Map<PartKind, Part> kinds = new EnumMap<>(PartKind.class);
		this.parts.forEach((field, part) -> {
			if (field != Field.HOSTNAME) {
				kinds.put(PartKind.valueOf(field.name()), part);
			}
		});
		return kinds;
	}

}
