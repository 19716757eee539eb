package dev.sluice.settings.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;

/**
 * Refuses a placeholder in another program's form, a shell's or a Compose file's above
 * all: {@code ${NAME:-default}}, {@code ${env:NAME}}, {@code $NAME}. Spring Boot would
 * take a part of it, or all, as it stands. What is put in for Sluice's own
 * {@code ${NAME}} is nobody's placeholder, so that whatever is meant literally can be
 * given so.
 */
final class ForeignPlaceholderRule {

	/** A whole variable in a shell's form, or in that of a pod's {@code args}. */
	static final String VARIABLE = "\\$(?:[A-Z_][A-Z0-9_]*+|\\([A-Z_][A-Z0-9_]*+\\))";

	static final String LITERALLY = "; if it is meant as it stands, write ${OTHER_NAME} and give it in that variable";

	/** The expansions that a shell knows behind the colon. */
	private static final Pattern EXPANSION = Pattern.compile("(?<!\\\\)\\$\\{([^:{}$]{0,200}+):(?!-1})[-?+=]");

	private static final Pattern BARE_EXPANSION = Pattern.compile("[!#]?[A-Z_][A-Z0-9_]*+([-?+=#%/^,@]).*",
			Pattern.DOTALL);

	private static final Pattern LOOKUP = Pattern
		.compile("(?<!\\\\)\\$\\{\\s?(env|getenv|sys|ctx|file|secrets|vault|consul"
				+ "|kms|aws|awssm|ssm|sm|gcp|azure|azurekv|k8s|kubernetes|op|sops|base64|base64Decoder"
				+ "|exec|cmd|dns|jndi|resourceBundle):");

	private static final Pattern WHOLE = Pattern
		.compile(VARIABLE + "|\\$\\([a-z][^()\\s]{0,100}+ [^()]{0,1000}+\\)|#\\{[^{}]{0,1000}+}", Pattern.DOTALL);

	/** In a header, behind the name of a scheme. */
	private static final Pattern SCHEME = Pattern.compile("[A-Za-z-]{1,30}+ ");

	/** In a URL. */
	private static final Pattern LOGIN = Pattern
		.compile("//(?:[^@/:]{0,200}+:)?" + VARIABLE + "@|//" + VARIABLE + ":[^@/]{0,1000}+@");

	/**
	 * Names where a secret is kept, as other programs take it; Spring Boot's own settings
	 * take {@code file:} where a key is wanted.
	 */
	private static final Pattern REFERENCE = Pattern
		.compile("(?:file:/|vault:|op://|env:[A-Z_]|secretref\\+|ref\\+|\\{cipher}|ENC\\().*", Pattern.DOTALL);

	private ForeignPlaceholderRule() {
	}

	/**
	 * Looks at the placeholders in a value.
	 * @param property the property, as it was written
	 * @param value its value, as it was written
	 * @throws InvalidSettingException saying how to write it
	 */
	static void checkForm(String property, String value) {
		Matcher expansion = EXPANSION.matcher(value);
		if (expansion.find()) {
			char sign = value.charAt(expansion.end() - 1);
			throw new InvalidSettingException(
					property + ": ${NAME:" + sign + "…} is a shell's form, and Sluice would take the '" + sign
							+ "' for a part of the value: " + instead(sign));
		}
		Matcher lookup = LOOKUP.matcher(value);
		if (lookup.find()) {
			throw new InvalidSettingException(property + ": ${" + lookup.group(1) + ":…} would be the variable '"
					+ lookup.group(1)
					+ "' with a default: an environment variable is written ${NAME}, and what stands in a file is"
					+ " given by a setting that ends in -file or by spring.config.import=configtree:<directory>/");
		}
	}

	/**
	 * Looks at a placeholder that nothing sets.
	 * @param property the property, as it was written
	 * @param placeholder what stands in its braces
	 * @throws InvalidSettingException saying how to write it, if it is a shell's
	 */
	static void checkUnset(String property, String placeholder) {
		Matcher expansion = BARE_EXPANSION.matcher(placeholder);
		if (expansion.matches()) {
			char sign = expansion.group(1).charAt(0);
			throw new InvalidSettingException(property + ": ${NAME" + sign + "…} is a shell's form: " + instead(sign));
		}
	}

	private static String instead(char sign) {
		return (sign == '-') ? "a default is written ${NAME:default}"
				: "write ${NAME}, which stops the start if nothing sets it, or ${NAME:default}";
	}

	/**
	 * Looks at a value as a whole.
	 * @param written the property, as it was written
	 * @param property its name
	 * @param text its value, with nothing in it of what variables hold
	 * @throws InvalidSettingException saying how to write it
	 */
	static void checkWhole(String written, String property, String text) {
		String value = text.strip();
		boolean header = property.contains(".headers");
		if (WHOLE.matcher(header ? SCHEME.matcher(value).replaceFirst("") : value).matches()
				|| LOGIN.matcher(value).find()) {
			throw new InvalidSettingException(
					written + ": a variable is written ${NAME}; $NAME, $(NAME) and #{…} would be taken as they stand"
							+ LITERALLY);
		}
		boolean secret = property.startsWith("sluice.") && !property.endsWith("-file") && SecretNames.has(property);
		if (secret && REFERENCE.matcher(value).matches()) {
			throw new InvalidSettingException(written + ": it would be sent as it stands, and says where a secret is"
					+ " kept: name a file by the setting that ends in -file, or a variable as ${NAME}" + LITERALLY);
		}
	}

}
