package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is known of a disk that fails, and for how long it is let alone.
 */
class DiskStateTests {

	private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

	private static final IOException FULL = new IOException("No space left on device");

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

	private final DiskState disk = new DiskState("/var/cache/sluice", Clock.fixed(NOW, ZoneOffset.UTC),
			this.nanos::get);

	static Stream<Arguments> failures() {
		return Stream.of(arguments(FULL, DiskFault.FULL),
				arguments(new IOException("Disk quota exceeded"), DiskFault.FULL),
				arguments(new FileSystemException("/a", null, "Read-only file system"), DiskFault.READ_ONLY),
				arguments(new NoSuchFileException("/a"), DiskFault.GONE),
				arguments(new AccessDeniedException("/a"), DiskFault.DENIED),
				arguments(new FileSystemException("/a", null, "Too many open files"), DiskFault.FILES),
				arguments(new IOException("Input/output error"), DiskFault.IO),
				arguments(new IOException(), DiskFault.IO));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aFailureIsKnownByItsCause(IOException failure, DiskFault fault) {
		this.disk.failed("can't be read", failure);
		assertThat(this.disk.count(fault)).isEqualTo(1);
		assertThat(this.disk.count()).isEqualTo(1);
		assertThat(this.disk.failure()).hasValueSatisfying((last) -> {
			assertThat(last.fault()).isEqualTo(fault);
			assertThat(last.time()).isEqualTo(NOW);
			assertThat(last.message()).startsWith("the store /var/cache/sluice can't be read: ")
				.endsWith(fault.advice());
		});
	}

	@Test
	void aDiskThatFailedRestsAndIsTriedAgain() {
		assertThat(this.disk.isResting()).isFalse();
		this.disk.failed("can't be written", FULL);
		assertThat(this.disk.isResting()).isTrue();
		this.nanos.addAndGet(DiskState.REST.toNanos() - 1);
		assertThat(this.disk.isResting()).isTrue();
		this.nanos.addAndGet(1);
		assertThat(this.disk.isResting()).isFalse();
		assertThat(this.disk.failure()).as("until a blob is kept").isPresent();
	}

	@Test
	void aBlobThatIsKeptShowsThatItWorks() {
		this.disk.failed("can't be written", FULL);
		this.disk.works();
		assertThat(this.disk.failure()).isEmpty();
		assertThat(this.disk.isResting()).isFalse();
		assertThat(this.disk.count(DiskFault.FULL)).as("since the start").isEqualTo(1);
	}

	@Test
	void aThreadThatIsToEndIsNoFailure() {
		this.disk.failed("can't be read", new ClosedByInterruptException());
		assertThat(this.disk.count()).isZero();
		assertThat(this.disk.isResting()).isFalse();
	}

}
