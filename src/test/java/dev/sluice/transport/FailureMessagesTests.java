package dev.sluice.transport;

import java.io.IOException;

import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureMessagesTests {

	private final FailureMessages failures = new FailureMessages("http://r.example", TransportSettings.defaults());

	@Test
	void directMemoryThatIsExhaustedIsAMomentsMatter() {
		Throwable exhausted = new DecoderException(
				new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory"));
		for (RegistryException failure : new RegistryException[] { this.failures.beforeAnswer(exhausted),
				this.failures.inBody(exhausted, 10, 100) }) {
			assertThat(failure)
				.isInstanceOfSatisfying(OverloadException.MemoryExhausted.class,
						(ex) -> assertThat(ex.retryAfter()).isPositive())
				.hasMessageStartingWith("http://r.example: no direct memory is left");
		}
	}

	@Test
	void aBrokenConnectionIsNoMatterOfMemory() {
		assertThat(this.failures.inBody(new IOException("Connection reset by peer"), 10, 100))
			.isInstanceOf(UpstreamException.UpstreamUnreachable.class)
			.hasMessage("connection to http://r.example broke after 10 of 100 bytes");
	}

}
