package dev.sluice.testing;

import java.net.http.HttpResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A failure as a client of the distribution API reads it. Immutable.
 *
 * @param status the status
 * @param code the code of its only error
 * @param message what it says
 * @param response the whole response
 */
public record OciFailure(int status, String code, String message, HttpResponse<byte[]> response) {

	/**
	 * Reads a response to GET.
	 * @throws AssertionError if its body isn't a JSON object of one error, or if it
	 * challenges the client or lets through what the upstream said for Sluice alone
	 */
	public static OciFailure of(HttpResponse<byte[]> response) {
		String text = TestClient.text(response);
		assertThat(TestClient.header(response, "Content-Type")).as(text).isEqualTo("application/json");
		assertThat(TestClient.header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
		assertThat(response.headers().map()).doesNotContainKeys("www-authenticate", "set-cookie", "location");
		JsonNode errors = new JsonMapper().readTree(text).path("errors");
		assertThat(errors.size()).as(text).isEqualTo(1);
		JsonNode error = errors.path(0);
		return new OciFailure(response.statusCode(), error.path("code").asString(), error.path("message").asString(),
				response);
	}

	/** Checks status and code. */
	public OciFailure is(int expectedStatus, String expectedCode) {
		assertThat(this.status + " " + this.code).as(this.message).isEqualTo(expectedStatus + " " + expectedCode);
		return this;
	}

	/** Checks that the message says all of these. */
	public OciFailure saying(String... words) {
		assertThat(this.message).contains(words);
		return this;
	}

	/** Checks a header. */
	public OciFailure with(String header, String value) {
		assertThat(TestClient.header(this.response, header)).isEqualTo(value);
		return this;
	}

}
