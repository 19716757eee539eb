package dev.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * An answer before it is sent, and how it is to be sent. Immutable.
 *
 * @param status the HTTP status
 * @param headers header lines in order
 * @param body the body, also of an answer to HEAD (which is sent without)
 * @param start completes when the answer may be sent
 * @param fault what goes wrong on the way
 */
public record Answer(int status, List<Map.Entry<String, String>> headers, ByteSource body, Mono<Void> start,
		Fault fault) {

	/** This status with no body. */
	public static Answer of(int status) {
		return new Answer(status, List.of(), ByteSource.empty(), Mono.empty(), new Fault.None()).with("Content-Length",
				"0");
	}

	/** This status with a body. */
	public static Answer of(int status, String contentType, ByteSource body) {
		return of(status).with("Content-Type", contentType).withBody(body);
	}

	/** This status with a JSON body. */
	public static Answer json(int status, Object body) {
		return of(status, "application/json", Json.of(body));
	}

	/** An error as the distribution spec has it. */
	public static Answer error(int status, String code, String message) {
		return json(status, Map.of("errors", List.of(Json.object("code", code, "message", message, "detail", ""))));
	}

	/** This header once, whatever there was before. */
	public Answer with(String name, String value) {
		return without(name).adding(name, value);
	}

	/** One more line of this header. */
	public Answer adding(String name, String value) {
		List<Map.Entry<String, String>> lines = new ArrayList<>(this.headers);
		lines.add(Map.entry(name, value));
		return new Answer(this.status, lines, this.body, this.start, this.fault);
	}

	/** No line of this header. */
	public Answer without(String name) {
		List<Map.Entry<String, String>> lines = this.headers.stream()
			.filter((line) -> !line.getKey().equalsIgnoreCase(name))
			.toList();
		return new Answer(this.status, lines, this.body, this.start, this.fault);
	}

	/** This body, and the Content-Length that goes with it. */
	Answer withBody(ByteSource replacement) {
		return new Answer(this.status, this.headers, replacement, this.start, this.fault).with("Content-Length",
				Long.toString(replacement.size()));
	}

	/** This body under an unchanged Content-Length. */
	Answer withAlteredBody(ByteSource altered) {
		return new Answer(this.status, this.headers, altered, this.start, this.fault);
	}

	Answer withFault(Fault replacement) {
		return new Answer(this.status, this.headers, this.body, this.start, replacement);
	}

	Answer after(Mono<Void> condition) {
		return new Answer(this.status, this.headers, this.body, this.start.then(condition), this.fault);
	}

}
