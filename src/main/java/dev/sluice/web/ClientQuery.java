package dev.sluice.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.RequestException;

/**
 * The parameters of a query, {@value #MOST} at most, each as it was written. Immutable.
 */
final class ClientQuery {

	private static final int MOST = 100;

	private static final String NAMESPACE = "ns";

	private final List<String> parameters;

	private ClientQuery(List<String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Reads a query.
	 * @param query the query without its question mark, encoded
	 * @return its parameters
	 * @throws RequestException.Malformed if there are too many
	 */
	static ClientQuery of(String query) {
		List<String> parameters = new ArrayList<>();
		for (int at = 0; at <= query.length();) {
			int end = query.indexOf('&', at);
			end = (end < 0) ? query.length() : end;
			if (end > at && parameters.size() == MOST) {
				throw new RequestException.Malformed(ErrorCode.UNSUPPORTED,
						"the query has more than " + MOST + " parameters");
			}
			if (end > at) {
				parameters.add(query.substring(at, end));
			}
			at = end + 1;
		}
		return new ClientQuery(List.copyOf(parameters));
	}

	/**
	 * The registry that is meant (distribution spec, "Registry Proxying").
	 * @return the first {@code ns}, decoded, unless it is empty
	 */
	Optional<String> namespace() {
		return this.parameters.stream()
			.filter(ClientQuery::isNamespace)
			.findFirst()
			.map((parameter) -> decoded(parameter.substring(parameter.indexOf('=') + 1)))
			.filter((value) -> !value.isEmpty());
	}

	/**
	 * What is for the registry: {@code ns} is for Sluice alone.
	 * @return the other parameters, encoded, perhaps none
	 */
	String withoutNamespace() {
		return String.join("&", this.parameters.stream().filter((parameter) -> !isNamespace(parameter)).toList());
	}

	/** However its name is encoded, or a registry could lead a client to another. */
	private static boolean isNamespace(String parameter) {
		int equals = parameter.indexOf('=');
		return equals > 0 && decoded(parameter.substring(0, equals)).equals(NAMESPACE);
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
