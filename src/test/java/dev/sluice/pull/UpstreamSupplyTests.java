package dev.sluice.pull;

import java.nio.charset.StandardCharsets;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a fill is given, and what isn't taken for its blob.
 */
class UpstreamSupplyTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256,
			"0123456789".getBytes(StandardCharsets.US_ASCII));

	private static final ByteSource PAGE = ByteSource.of("<html>");

	private final ScriptedUpstream registry = ScriptedUpstream.askedWith();

	private final UpstreamSupply supply = new UpstreamSupply(new UpstreamBlobs(this.registry.directory()),
			ScriptedUpstream.TARGET, DIGEST);

	@AfterEach
	void letsGoOfEveryAnswer() {
		assertThat(this.registry.open()).isZero();
	}

	/** The fill asks once more for what broke off, and not for another blob. */
	@Test
	void aPageInTheMiddleOfABlobIsAFailure() {
		this.registry.gets(Answer.of(200, "a/b", ByteSource.of("0123456789")));
		read(0);
		this.registry.gets(Answer.of(200, "text/html; charset=utf-8", PAGE));
		StepVerifier.create(this.supply.from(5)).expectError(UpstreamException.InvalidAnswer.class).verify();
	}

	@Test
	void aBlobMayBeAPage() {
		this.registry.gets(Answer.of(200, "text/html", PAGE));
		read(0);
		read(3);
	}

	private void read(long offset) {
		StepVerifier.create(this.supply.from(offset).flatMapMany((portion) -> portion.bytes()).map(ByteBuf::release))
			.expectNextCount(1)
			.verifyComplete();
	}

}
