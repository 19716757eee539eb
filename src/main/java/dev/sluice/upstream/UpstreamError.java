package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.oci.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first error of an upstream's error body (distribution spec, "Error Codes"), made
 * fit to be shown. Immutable.
 *
 * @param code its code, or empty where the body is none of the spec's
 * @param message its message, perhaps empty
 */
record UpstreamError(Optional<String> code, String message) {

	static final int BODY_LIMIT = 64 * 1024;

	private static final JsonMapper JSON = new JsonMapper();

	private static final UpstreamError UNREADABLE = new UpstreamError(Optional.empty(), "");

	/**
	 * Reads an error body, of whatever form.
	 * @param body the bytes
	 * @return the first error, empty where there is none to be read
	 */
	static UpstreamError read(byte[] body) {
		try {
			JsonNode error = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("errors").path(0);
			Optional<String> code = Optional.of(error.path("code").asString(""))
				.filter((text) -> text.matches("[A-Za-z0-9_]{1,64}"));
			return new UpstreamError(code, Printable.of(error.path("message").asString("")));
		}
		catch (JacksonException ex) {
			return UNREADABLE;
		}
	}

	/** The code and message as a client would say them. */
	@Override
	public String toString() {
		return (this.code.orElse("") + (this.message.isEmpty() ? "" : " " + this.message)).strip();
	}

}
