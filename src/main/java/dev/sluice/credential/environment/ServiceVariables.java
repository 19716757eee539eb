package dev.sluice.credential.environment;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows the environment variables that Kubernetes makes for Services ("Discovering
 * services", "environment variables"), by their names and their values: anybody may end a
 * name in {@code _PORT}, but Kubernetes alone writes {@code tcp://10.0.0.1:5050} there.
 */
public final class ServiceVariables {

	private static final String ADDRESS = "\\d{1,3}(?:\\.\\d{1,3}){3}|(?=[^:]{0,4}:)[0-9A-Fa-f:.]{2,45}";

	private static final String NUMBER = "\\d{1,5}";

	private static final String LINK = "(?:tcp|udp|sctp)://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}\\]):\\d{1,5}";

	private static final String EXPOSED = "_PORT_\\d{1,5}_(?:TCP|UDP|SCTP)";

	private static final List<Form> FORMS = List.of(Form.of("_SERVICE_HOST", ADDRESS),
			Form.of("_SERVICE_PORT(?:_[A-Z0-9_]{1,200})?", NUMBER), Form.of("_PORT", LINK), Form.of(EXPOSED, LINK),
			Form.of(EXPOSED + "_PROTO", "tcp|udp|sctp"), Form.of(EXPOSED + "_PORT", NUMBER),
			Form.of(EXPOSED + "_ADDR", ADDRESS));

	private ServiceVariables() {
	}

	/**
	 * Whether Kubernetes made a variable for a Service.
	 * @param name its name
	 * @param value its value
	 * @return whether both look so
	 */
	public static boolean has(String name, String value) {
		return FORMS.stream().anyMatch((form) -> form.fits(name, value));
	}

	/**
	 * One kind of these variables.
	 *
	 * @param name their names
	 * @param value their values
	 */
	private record Form(Pattern name, Pattern value) {

		static Form of(String end, String value) {
			return new Form(Pattern.compile("[A-Z][A-Z0-9_]{0,200}" + end), Pattern.compile(value));
		}

		boolean fits(String text, String given) {
			return this.name.matcher(text).matches() && this.value.matcher(given).matches();
		}

	}

}
