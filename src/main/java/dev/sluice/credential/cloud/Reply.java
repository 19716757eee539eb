package dev.sluice.credential.cloud;

import io.netty.handler.codec.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

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
	 * The body as JSON.
	 * @return the tree; a missing node for what is no JSON
	 */
	public JsonNode json() {
		try {
			return JsonMapper.shared().readTree(this.body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * A member that must be there.
	 * @param service who answered, in words
	 * @param name the member's name
	 * @return its text, not empty
	 * @throws CloudException if there is none
	 */
	public String member(String service, String name) {
		String text = json().path(name).asString("");
		if (text.isEmpty()) {
			throw new CloudException(service + " answers without " + name);
		}
		return text;
	}

	@Override
	public String toString() {
		return "Reply[" + this.status + "]";
	}

}
