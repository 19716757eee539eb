package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.OwnFault;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.Tag;
import dev.sluice.oci.UpstreamException;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a content is: by a HEAD that tells it, or else by a GET that shows it.
 */
class DescribeTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith();

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	@Test
	void saysAtWhichEndpointAFaultOfOursShowed() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of("{}")));
		UpstreamRequest request = manifest().byGet();
		assertThatExceptionOfType(OwnFault.class).isThrownBy(() -> this.registry.client().fetch(request, (answer) -> {
			answer.release();
			throw new IllegalStateException("a fault for the test");
		}).block(Duration.ofSeconds(30)))
			.satisfies((fault) -> assertThat(fault.provenance().endpoint()).isEqualTo("https://reg.example"));
	}

	@Test
	void takesWhatTheHeadTells() {
		this.registry.heads(Answer.of(200).with("Content-Length", "300"));
		assertThat(describe(blob(Optional.empty()))).isEqualTo("told 300");
		assertThat(this.registry.methods()).containsExactly("HEAD");
	}

	@Test
	void asksForABlobsFirstByteWhereTheHeadTellsTooLittle() {
		this.registry.heads(Answer.of(200).without("Content-Length")).gets(ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(describe(blob(Optional.empty()))).isEqualTo("shown 300");
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@Test
	void asksForAManifestItselfWhereTheHeadTellsTooLittle() {
		this.registry.heads(Answer.of(200).without("Content-Length")).gets(Answer.of(200, "a/b", ByteSource.of("{}")));
		assertThat(describe(manifest())).isEqualTo("shown 2");
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET");
		assertThat(this.registry.asked().getLast().header("Accept")).contains("a/b");
	}

	@Test
	void asksAboutTheWholeWhereAHeadThatKnowsNoRangesTellsTooLittle() {
		this.registry.heads(Answer.of(200).without("Content-Length")).gets(ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(describe(blob(ByteRange.parse("bytes=5-9")))).isEqualTo("shown 300");
		assertThat(this.registry.methods()).containsExactly("HEAD bytes=5-9", "GET bytes=0-0");
	}

	@Test
	void takesWhatTheGetShowsAtOnceWhereTheHeadIsRefused() {
		this.registry.heads(Answer.of(405)).gets(ScriptedUpstream.part("bytes 0-0/300"));
		assertThat(describe(blob(Optional.empty()))).isEqualTo("shown 300");
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@Test
	void asksOnceByGetHoweverLittleThatShows() {
		this.registry.heads(Answer.of(405)).gets(ScriptedUpstream.part("bytes 0-0/*"));
		assertThat(describe(blob(Optional.empty()))).isEqualTo("shown nothing");
		assertThat(this.registry.methods()).containsExactly("HEAD", "GET bytes=0-0");
	}

	@Test
	void failsAsTheGetDoesThatIsAskedBecauseTheHeadTellsTooLittle() {
		this.registry.heads(Answer.of(200).without("Content-Length")).gets(Answer.of(404));
		assertThatExceptionOfType(RequestException.NotFound.class).isThrownBy(() -> describe(blob(Optional.empty())));
	}

	@Test
	void asksForNothingMoreWhereTheHeadTellsWhatCannotBe() {
		this.registry.heads(Answer.of(200).with("Content-Length", "300"));
		Mono<String> described = this.registry.client()
			.describe(manifest(), (answer) -> refuse(answer), (answer) -> Mono.just("shown"));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(described::block);
		assertThat(this.registry.methods()).containsExactly("HEAD");
	}

	private static UpstreamRequest blob(Optional<ByteRange> range) {
		return UpstreamRequest.blob(HttpMethod.HEAD, ScriptedUpstream.REPOSITORY, DIGEST, range);
	}

	private static UpstreamRequest manifest() {
		return UpstreamRequest.manifest(HttpMethod.HEAD, ScriptedUpstream.REPOSITORY, new Tag("1"), List.of("a/b"));
	}

	private static Mono<String> refuse(UpstreamAnswer answer) {
		answer.release();
		return Mono.error(new UpstreamException.InvalidAnswer("can't be"));
	}

	/** A HEAD tells enough that tells a length. */
	private String describe(UpstreamRequest head) {
		return this.registry.client().describe(head, (answer) -> {
			answer.release();
			return answer.described().length().isPresent() ? Mono.just("told " + length(answer)) : Mono.empty();
		}, (answer) -> {
			answer.release();
			return Mono.just("shown " + length(answer));
		}).blockOptional(Duration.ofSeconds(10)).orElseThrow();
	}

	private static String length(UpstreamAnswer answer) {
		return answer.described().length().stream().mapToObj(Long::toString).findFirst().orElse("nothing");
	}

}
