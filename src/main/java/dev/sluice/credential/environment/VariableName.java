package dev.sluice.credential.environment;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.credential.given.UnusablePartException;

/**
 * The name of a variable that has a part of a credential:
 * {@code SLUICE_REGISTRY_<field>[_FILE][_<suffix>]}, or the same with {@code IMGPKG}.
 * Immutable.
 *
 * @param text the whole name
 * @param prefix whose variable it is
 * @param field which part it has
 * @param inFile whether its value is the path of a file
 * @param suffix what the variables of one credential have in common, perhaps empty
 */
record VariableName(String text, Prefix prefix, Field field, boolean inFile, String suffix) {

	private static final Pattern FORM = Pattern.compile("(?<prefix>SLUICE|IMGPKG)_REGISTRY_"
			+ "(?<field>HOSTNAME|USERNAME|PASSWORD|IDENTITY_TOKEN|REGISTRY_TOKEN)(?<file>_FILE)?(?:_(?<suffix>.+))?");

	private static final Pattern OURS = Pattern.compile("(?:SLUICE|IMGPKG)_REGISTRY_.*");

	/** imgpkg's cloud setting. */
	private static final String CLOUD = "IMGPKG_REGISTRY_AZURE_CR_CONFIG";

	enum Prefix {

		SLUICE, IMGPKG

	}

	enum Field {

		HOSTNAME, USERNAME, PASSWORD, IDENTITY_TOKEN, REGISTRY_TOKEN

	}

	/**
	 * Reads a name.
	 * @param text a variable's name
	 * @param value its value, by which one of Kubernetes' is known
	 * @param all the names of all variables: {@code FILE} is a suffix where imgpkg takes
	 * it for one, since it knows no files and such a host name is set
	 * @return the name, or empty if the variable is about something else
	 * @throws UnusablePartException if it looks like one of ours, but is none
	 */
	static Optional<VariableName> parse(String text, String value, Set<String> all) {
		Matcher matcher = FORM.matcher(text);
		if (matcher.matches()) {
			return Optional.of(of(matcher, all));
		}
		if (OURS.matcher(text).matches() && !text.equals(CLOUD) && !ServiceVariables.has(text, value)) {
			throw new UnusablePartException(text, "there is no such variable; there are HOSTNAME, USERNAME, PASSWORD,"
					+ " IDENTITY_TOKEN and REGISTRY_TOKEN after " + text.substring(0, "SLUICE_REGISTRY_".length())
					+ ", each also with _FILE, and a _suffix for a further registry");
		}
		return Optional.empty();
	}

	private static VariableName of(Matcher matcher, Set<String> all) {
		Prefix prefix = Prefix.valueOf(matcher.group("prefix"));
		String rest = matcher.group().substring(matcher.end("field"));
		boolean file = matcher.group("file") != null
				&& !(prefix == Prefix.IMGPKG && all.contains("IMGPKG_REGISTRY_HOSTNAME" + rest));
		String given = file ? rest.substring("_FILE".length()) : rest;
		return new VariableName(matcher.group(), prefix, Field.valueOf(matcher.group("field")), file,
				given.isEmpty() ? "" : given.substring(1));
	}

	/**
	 * The name of another variable of the same credential.
	 * @param other which part
	 * @return its name
	 */
	String sibling(Field other) {
		return this.prefix + "_REGISTRY_" + other + (this.suffix.isEmpty() ? "" : "_" + this.suffix);
	}

}
