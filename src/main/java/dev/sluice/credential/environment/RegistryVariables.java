package dev.sluice.credential.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.given.GivenCredentials;
import dev.sluice.credential.given.GivenLogin;
import dev.sluice.credential.given.UnusablePartException;

/**
 * Reads the credentials in environment variables: {@code SLUICE_REGISTRY_HOSTNAME},
 * {@code _USERNAME}, {@code _PASSWORD}, {@code _IDENTITY_TOKEN}, {@code _REGISTRY_TOKEN},
 * each also with {@code _FILE} for a file that holds the value, each with the same suffix
 * for one more registry ({@code SLUICE_REGISTRY_PASSWORD_FILE_GHCR}); and the same with
 * imgpkg's prefix, which comes after. An empty variable counts as unset. Those of imgpkg
 * that name no registry are warned of and left alone.
 */
public final class RegistryVariables {

	private static final Pattern PLACEHOLDER = Pattern
		.compile("\\$(?:\\{[^{}]*+}|[A-Z_][A-Z0-9_]*+|\\([A-Z_][A-Z0-9_]*+\\))");

	private RegistryVariables() {
	}

	/**
	 * Reads them.
	 * @param environment the environment variables
	 * @param listener told of credentials whose files changed
	 * @return what there is, or empty if no variable is set
	 * @throws UnusablePartException if a variable has an unknown name, or a credential is
	 * incomplete
	 */
	public static Optional<GivenCredentials> read(Map<String, String> environment, CredentialChangeListener listener) {
		HostlessVariables.warn(environment);
		List<GivenLogin> logins = logins(environment);
		return logins.isEmpty() ? Optional.empty()
				: Optional.of(new GivenCredentials("environment variables", logins, listener));
	}

	private static List<GivenLogin> logins(Map<String, String> environment) {
		Map<Key, VariableGroup> groups = new TreeMap<>(Key.ORDER);
		Set<String> names = new TreeSet<>(environment.keySet());
		names.removeIf((name) -> environment.getOrDefault(name, "").isBlank());
		for (String text : names) {
			String value = environment.getOrDefault(text, "");
			VariableName.parse(text, value, names).ifPresent((name) -> {
				requireReplaced(text, value);
				groups.computeIfAbsent(new Key(name.prefix(), name.suffix()), (_) -> new VariableGroup(name))
					.add(name, value);
			});
		}
		return groups.values().stream().map(VariableGroup::login).toList();
	}

	/** What an env file or a pod can't resolve stays in the value, as {@code $(NAME)}. */
	private static void requireReplaced(String name, String value) {
		if (PLACEHOLDER.matcher(value.strip()).matches()) {
			throw new UnusablePartException(name, "it is a placeholder that nobody replaced, and would be sent as it"
					+ " stands; what is meant so is given in a file, which the name with _FILE says");
		}
	}

	/** What the variables of one credential have in common. */
	private record Key(VariableName.Prefix prefix, String suffix) {

		private static final Comparator<Key> ORDER = Comparator.comparing(Key::prefix).thenComparing(Key::suffix);

	}

}
