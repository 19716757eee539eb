package dev.sluice.credential.cloud;

import java.util.Optional;

import dev.sluice.json.FieldPaths;
import dev.sluice.json.JsonFields;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a cloud's service answered. Printing it shows only the status.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, HttpHeaders headers, byte[] body) {

	public boolean isGood() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * A field of the body.
	 * @param path its path, as {@link FieldPaths} has it
	 * @return its text, not blank; empty if there is none, or the body is no JSON object
	 */
	public Optional<String> text(String path) {
		JsonFields fields = JsonFields.read(this.body, FieldPaths.of(path));
		return fields.isObject() ? fields.text(path).filter((text) -> !text.isBlank()) : Optional.empty();
	}

	/**
	 * A member that must be there.
	 * @param service who answered, in words
	 * @param name the member's name
	 * @return its text, one line and not empty
	 * @throws CloudException if there is none
	 */
	public String member(String service, String name) {
		String text = text(name).orElseThrow(() -> new CloudException(service + " answers without " + name));
		return CloudText.line(name + " of " + service, text);
	}

	@Override
	public String toString() {
		return "Reply[" + this.status + "]";
	}

}
