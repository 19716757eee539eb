package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

import reactor.core.publisher.Mono;

/**
 * The misbehaviours that a server was told, each with the requests it is for and how
 * often it is left to apply. Thread-safe.
 */
final class Misbehaviours {

	private final List<Rule> rules = new ArrayList<>();

	synchronized void add(Predicate<RecordedRequest> matching, int times, Misbehaviour misbehaviour) {
		this.rules.add(new Rule(matching, times, misbehaviour));
	}

	synchronized void clear() {
		this.rules.clear();
	}

	/** The answer to {@code request} as the misbehaviours that match it leave it. */
	Answer apply(RecordedRequest request, Function<RecordedRequest, Answer> behaviour) {
		List<Misbehaviour> due = take(request);
		boolean ignoreRange = due.stream().anyMatch(Misbehaviour.IgnoredRange.class::isInstance);
		Answer answer = behaviour.apply(ignoreRange ? request.withoutHeader("Range") : request);
		for (Misbehaviour misbehaviour : due) {
			answer = alter(answer, misbehaviour);
		}
		return answer;
	}

	private synchronized List<Misbehaviour> take(RecordedRequest request) {
		List<Misbehaviour> due = this.rules.stream()
			.filter((rule) -> rule.left > 0 && rule.matching.test(request))
			.map(Rule::take)
			.toList();
		this.rules.removeIf((rule) -> rule.left <= 0);
		return due;
	}

	private static Answer alter(Answer answer, Misbehaviour misbehaviour) {
		return switch (misbehaviour) {
			case Misbehaviour.Late late -> answer.after(Mono.delay(late.delay()).then());
			case Misbehaviour.Held held -> answer.after(held.gate().passage());
			case Misbehaviour.Faulty faulty -> answer.withFault(faulty.fault());
			case Misbehaviour.FlippedByte flipped -> answer.withAlteredBody(answer.body().flippedAt(flipped.index()));
			case Misbehaviour.Replaced replaced -> replaced.answer().after(answer.start());
			case Misbehaviour.Padded padded -> answer.withBody(padded(answer.body(), padded.size()));
			case Misbehaviour.Gzipped _ -> answer.withBody(gzipped(answer.body())).with("Content-Encoding", "gzip");
			case Misbehaviour.WithoutHeaders without -> without(answer, without.names());
			case Misbehaviour.Header header -> answer.with(header.name(), header.value());
			case Misbehaviour.ExtraHeaders extra -> extended(answer, extra);
			case Misbehaviour.Challenges challenges -> challenged(answer, challenges.lines());
			case Misbehaviour.IgnoredRange _ -> answer;
		};
	}

	private static Answer without(Answer answer, List<String> names) {
		Answer altered = answer;
		for (String name : names) {
			altered = altered.without(name);
		}
		return altered;
	}

	private static Answer extended(Answer answer, Misbehaviour.ExtraHeaders extra) {
		Answer altered = answer;
		for (var header : extra.headers().entrySet()) {
			altered = altered.adding(header.getKey(), header.getValue());
		}
		return altered;
	}

	private static Answer challenged(Answer answer, List<String> lines) {
		if (answer.status() != 401) {
			return answer;
		}
		Answer altered = answer.without("WWW-Authenticate");
		for (String line : lines) {
			altered = altered.adding("WWW-Authenticate", line);
		}
		return altered;
	}

	private static ByteSource padded(ByteSource body, int size) {
		byte[] padded = Arrays.copyOf(body.bytes(), size);
		Arrays.fill(padded, Math.toIntExact(body.size()), size, (byte) ' ');
		return ByteSource.of(padded);
	}

	private static ByteSource gzipped(ByteSource body) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(body.bytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return ByteSource.of(compressed.toByteArray());
	}

	/** Changed only under the lock of its owner. */
	private static final class Rule {

		private final Predicate<RecordedRequest> matching;

		private final Misbehaviour misbehaviour;

		private int left;

		private Rule(Predicate<RecordedRequest> matching, int times, Misbehaviour misbehaviour) {
			this.matching = matching;
			this.left = times;
			this.misbehaviour = misbehaviour;
		}

		private Misbehaviour take() {
			if (this.left != Integer.MAX_VALUE) {
				this.left--;
			}
			return this.misbehaviour;
		}

	}

}
