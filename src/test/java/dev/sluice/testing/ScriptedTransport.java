package dev.sluice.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.UpstreamException;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Connections without a wire, guard or time: what is asked is answered as told, and kept.
 * What nobody was told of is an error of the test's. Thread-safe.
 */
public final class ScriptedTransport implements Transport {

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	private final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();

	private final AtomicInteger open = new AtomicInteger();

	/** Answers so from now on, whatever was said before. */
	public ScriptedTransport answer(Predicate<RecordedRequest> matching, Answer answer) {
		this.rules.addFirst(new Rule(matching, answer));
		return this;
	}

	/** What was asked, in order; the host is in {@code Host}. */
	public List<RecordedRequest> asked() {
		return List.copyOf(this.asked);
	}

	/** How many answers nobody has read or released yet. */
	public int open() {
		return this.open.get();
	}

	@Override
	public Mono<dev.sluice.transport.Answer> send(OutboundRequest request) {
		return Mono.defer(() -> {
			RecordedRequest recorded = recorded(request);
			this.asked.add(recorded);
			return this.rules.stream()
				.filter((rule) -> rule.matching().test(recorded))
				.findFirst().<Mono<dev.sluice.transport.Answer>>map(
						(rule) -> Mono.just(opened(recorded, rule.answer())))
				.orElseGet(() -> Mono.error(new AssertionError("nobody said what to answer to " + recorded)));
		});
	}

	@Override
	public Mono<dev.sluice.transport.Answer> sendTo(OutboundRequest request, Referrer from) {
		return send(request);
	}

	private ScriptedAnswer opened(RecordedRequest request, Answer answer) {
		this.open.incrementAndGet();
		ByteSource body = request.isHead() ? ByteSource.empty() : answer.body();
		HttpHeaders headers = new DefaultHttpHeaders();
		answer.headers().forEach((line) -> headers.add(line.getKey(), line.getValue()));
		return new ScriptedAnswer(answer.status(), headers, body.read(0, (int) body.size()), this.open,
				new AtomicBoolean());
	}

	private static RecordedRequest recorded(OutboundRequest request) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		request.headers().names().forEach((name) -> headers.put(name, request.headers().getAll(name)));
		headers.put("Host", List.of(request.url().origin().authority()));
		String body = request.body();
		return new RecordedRequest(request.method().name(), request.url().path(), request.url().query().orElse(""),
				headers, (body != null) ? body : "");
	}

	private record Rule(Predicate<RecordedRequest> matching, Answer answer) {
	}

	private record ScriptedAnswer(int status, HttpHeaders headers, byte[] content, AtomicInteger open,
			AtomicBoolean closed) implements dev.sluice.transport.Answer {

		@Override
		public Reach reach() {
			return Reach.PUBLIC;
		}

		@Override
		public Flux<ByteBuf> body() {
			return ByteSource.of(this.content).flux().doFinally((_) -> release());
		}

		@Override
		public Mono<HeldBytes> held(int limit) {
			return Mono.defer(() -> {
				release();
				return (this.content.length <= limit) ? Mono.just(HeldBytes.of(this.content))
						: Mono.error(new UpstreamException.InvalidAnswer("larger than " + limit + " bytes"));
			});
		}

		@Override
		public void release() {
			if (this.closed.compareAndSet(false, true)) {
				this.open.decrementAndGet();
			}
		}

	}

}
