package dev.sluice.pull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.Digest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However an upstream cuts what it sends, the blob's last byte waits for the verdict, and
 * nothing else does.
 */
class StretchTests {

	private static final String TEXT = "0123456789";

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, TEXT.getBytes(StandardCharsets.US_ASCII));

	private static final OptionalLong TOTAL = OptionalLong.of(10);

	private final ByteArrayOutputStream got = new ByteArrayOutputStream();

	private final Sinks.One<Long> verdict = Sinks.one();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 11 })
	void theLastByteWaits(int size) {
		AtomicBoolean ended = new AtomicBoolean();
		stretch(0, 3, Long.MAX_VALUE, TOTAL, size).doOnComplete(() -> ended.set(true)).subscribe();
		assertThat(text()).isEqualTo("345678");
		assertThat(ended).isFalse();
		this.verdict.tryEmitValue(10L);
		assertThat(text()).isEqualTo("3456789");
		assertThat(ended).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 11 })
	void theLastByteNeverComesWithoutAVerdict(int size) {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		stretch(0, 3, 10, TOTAL, size).subscribe((_) -> {
		}, failure::set);
		this.verdict.tryEmitError(new IllegalStateException("wrong"));
		assertThat(failure.get()).hasMessage("wrong");
		assertThat(text()).isEqualTo("345678");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 11 })
	void aStretchBeforeItWaitsForNothing(int size) {
		StepVerifier.create(stretch(0, 3, 9, TOTAL, size)).thenConsumeWhile((_) -> true).verifyComplete();
		assertThat(text()).isEqualTo("345678");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 11 })
	void theLastByteAloneIsAStretch(int size) {
		this.verdict.tryEmitValue(10L);
		StepVerifier.create(stretch(0, 9, 10, TOTAL, size)).thenConsumeWhile((_) -> true).verifyComplete();
		assertThat(text()).isEqualTo("9");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 11 })
	void theEndWaitsWhereTheLengthIsNotKnown(int size) {
		AtomicBoolean ended = new AtomicBoolean();
		stretch(0, 3, Long.MAX_VALUE, OptionalLong.empty(), size).doOnComplete(() -> ended.set(true)).subscribe();
		assertThat(text()).isEqualTo("3456789");
		assertThat(ended).isFalse();
		this.verdict.tryEmitValue(10L);
		assertThat(ended).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { 9, 11 })
	void anotherEndThanTheVerifiedOneIsNone(long length) {
		this.verdict.tryEmitValue(length);
		StepVerifier.create(stretch(0, 3, Long.MAX_VALUE, OptionalLong.empty(), 4))
			.thenConsumeWhile((_) -> true)
			.verifyErrorMessage(DIGEST + " ended after 10 of " + length + " bytes");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 11 })
	void whoeverLeavesWhileItWaitsHoldsNothing(int size) {
		Disposable client = stretch(0, 0, 10, TOTAL, size).subscribe();
		client.dispose();
		assertThat(this.verdict.currentSubscriberCount()).isZero();
	}

	private Flux<Body.Piece> stretch(long sent, long first, long end, OptionalLong total, int size) {
		return new Stretch(DIGEST, sent, first, end, total, Optional.empty())
			.of(buffers((int) sent, size), this.verdict.asMono())
			.doOnNext((piece) -> {
				this.got.writeBytes(ByteBufUtil.getBytes(((Body.Buffer) piece).bytes()));
				piece.release();
			});
	}

	private static Flux<ByteBuf> buffers(int sent, int size) {
		return Flux.<Integer, Integer>generate(() -> sent, (at, sink) -> {
			if (at >= TEXT.length()) {
				sink.complete();
			}
			else {
				sink.next(at);
			}
			return at + size;
		})
			.map((at) -> PooledByteBufAllocator.DEFAULT.buffer()
				.writeBytes(
						TEXT.substring(at, Math.min(TEXT.length(), at + size)).getBytes(StandardCharsets.US_ASCII)));
	}

	private String text() {
		return this.got.toString(StandardCharsets.US_ASCII);
	}

}
