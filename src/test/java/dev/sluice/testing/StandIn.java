package dev.sluice.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Stands in for a service that answers each kind of request with one text. What it wasn't
 * told of is 404. It calls itself {@code 127.0.0.1}. Thread-safe.
 */
public final class StandIn implements RecordingServer {

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	private final TestServer server = new TestServer(Listener.loopback(), this::answer);

	private StandIn() {
	}

	public static StandIn start() {
		return new StandIn();
	}

	/** Answers 200 with JSON from now on, whatever was said before. */
	public StandIn answer(Predicate<RecordedRequest> matching, String json) {
		return answer(matching, 200, "application/json", json);
	}

	/** Answers so from now on, whatever was said before. */
	public StandIn answer(Predicate<RecordedRequest> matching, int status, String contentType, String body) {
		this.rules.addFirst(new Rule(matching, Answer.of(status, contentType, ByteSource.of(body))));
		return this;
	}

	/** Answers 200 with JSON and a header from now on, whatever was said before. */
	public StandIn answer(Predicate<RecordedRequest> matching, String json, String header, String value) {
		this.rules
			.addFirst(new Rule(matching, Answer.of(200, "application/json", ByteSource.of(json)).with(header, value)));
		return this;
	}

	private Answer answer(RecordedRequest request) {
		return this.rules.stream()
			.filter((rule) -> rule.matching().test(request))
			.map(Rule::answer)
			.findFirst()
			.orElseGet(() -> Answer.of(404));
	}

	@Override
	public TestServer server() {
		return this.server;
	}

	private record Rule(Predicate<RecordedRequest> matching, Answer answer) {
	}

}
