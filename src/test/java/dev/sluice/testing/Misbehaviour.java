package dev.sluice.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One way in which a server departs from what it should answer. Those that match a
 * request apply in the order in which they were added. Immutable.
 */
public sealed interface Misbehaviour {

	/** Headers come {@code delay} late. */
	static Misbehaviour late(Duration delay) {
		return new Late(delay);
	}

	/** Headers come when the gate opens. */
	static Misbehaviour heldUntil(Gate gate) {
		return new Held(gate);
	}

	/** The body pauses at {@code offset} until the gate opens. */
	static Misbehaviour stallAt(long offset, Gate gate) {
		return new Faulty(new Fault.Stall(offset, gate));
	}

	/** The body pauses at {@code offset} for good. */
	static Misbehaviour stallAt(long offset) {
		return stallAt(offset, new Gate());
	}

	/** The connection is closed {@code offset} bytes into the body. */
	static Misbehaviour shortAt(long offset) {
		return new Faulty(new Fault.Close(offset));
	}

	/**
	 * The connection is reset {@code offset} bytes into the body, of which the client may
	 * not get to see the last.
	 */
	static Misbehaviour resetAt(long offset) {
		return new Faulty(new Fault.Reset(offset));
	}

	/** The connection is closed before any answer. */
	static Misbehaviour hangUp() {
		return new Faulty(new Fault.HangUp());
	}

	/** One byte of the body, at {@code index}, is another one. */
	static Misbehaviour flipByteAt(long index) {
		return new FlippedByte(index);
	}

	/** This status with an OCI error body. */
	static Misbehaviour status(int status) {
		return new Replaced(Answer.error(status, "UNKNOWN", "told to answer " + status));
	}

	/** 429 with {@code Retry-After} in seconds. */
	static Misbehaviour tooManyRequests(int retryAfterSeconds) {
		return new Replaced(Answer.error(429, "TOOMANYREQUESTS", "rate limit exceeded")
			.with("Retry-After", Integer.toString(retryAfterSeconds)));
	}

	/** 200 with an HTML page, as captive portals send. */
	static Misbehaviour htmlPage() {
		return answer(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Please log in</body></html>");
	}

	/** Exactly this answer. */
	static Misbehaviour answer(int status, String contentType, String body) {
		return new Replaced(Answer.of(status, contentType, ByteSource.of(body)));
	}

	/** This status with no body and no {@code WWW-Authenticate}. */
	static Misbehaviour bareStatus(int status) {
		return new Replaced(Answer.of(status));
	}

	/** A redirect to {@code location}. */
	static Misbehaviour redirect(int status, String location) {
		return new Replaced(Answer.of(status).with("Location", location));
	}

	/** The body is followed by white space up to {@code size} bytes: valid JSON still. */
	static Misbehaviour paddedTo(int size) {
		return new Padded(size);
	}

	/** The body comes gzipped, with {@code Content-Encoding: gzip}, asked for or not. */
	static Misbehaviour gzipped() {
		return new Gzipped();
	}

	/** These headers are missing. */
	static Misbehaviour without(String... names) {
		return new WithoutHeaders(List.of(names));
	}

	/** This header has this value instead. */
	static Misbehaviour header(String name, String value) {
		return new Header(name, value);
	}

	/** {@code Docker-Content-Digest} names other content. */
	static Misbehaviour wrongDigestHeader() {
		return header("Docker-Content-Digest", TestContent.of("something else").digest());
	}

	/** These header lines come on top. */
	static Misbehaviour extraHeaders(Map<String, String> headers) {
		return new ExtraHeaders(Map.copyOf(headers));
	}

	/** A 401 has exactly these {@code WWW-Authenticate} lines; others are unaffected. */
	static Misbehaviour challenges(String... lines) {
		return new Challenges(List.of(lines));
	}

	/** {@code Range} is ignored: 200 with the whole. */
	static Misbehaviour ignoreRange() {
		return new IgnoredRange();
	}

	/** Delay before the headers. */
	record Late(Duration delay) implements Misbehaviour {
	}

	/** Wait before the headers. */
	record Held(Gate gate) implements Misbehaviour {
	}

	/** A fault within the body. */
	record Faulty(Fault fault) implements Misbehaviour {
	}

	/** An inverted byte. */
	record FlippedByte(long index) implements Misbehaviour {
	}

	/** Another answer altogether. */
	record Replaced(Answer answer) implements Misbehaviour {
	}

	/** A body that is larger than it need be. */
	record Padded(int size) implements Misbehaviour {
	}

	/** An encoding nobody asked for. */
	record Gzipped() implements Misbehaviour {
	}

	/** Missing headers. */
	record WithoutHeaders(List<String> names) implements Misbehaviour {
	}

	/** A header with another value. */
	record Header(String name, String value) implements Misbehaviour {
	}

	/** More headers. */
	record ExtraHeaders(Map<String, String> headers) implements Misbehaviour {
	}

	/** Other challenges. */
	record Challenges(List<String> lines) implements Misbehaviour {
	}

	/** A range not honoured. */
	record IgnoredRange() implements Misbehaviour {
	}

}
