package dev.sluice.oci;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which bytes a client asks for, and which those are of a content. */
class ByteRangeTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			bytes=0-0 | bytes=0-0
			bytes=5-9 | bytes=5-9
			bytes=5- | bytes=5-
			bytes=-5 | bytes=-5
			BYTES=5-9 | bytes=5-9
			bytes= 5 - 9 | bytes=5-9
			bytes=,5-9, | bytes=5-9
			bytes=005-009 | bytes=5-9
			bytes=5-99999999999999999999 | bytes=5-
			bytes=99999999999999999999- | bytes=9223372036854775807-
			bytes=99999999999999999998-99999999999999999999 | bytes=9223372036854775807-
			bytes=-0 | bytes=-0
			bytes=-00 | bytes=-0
			bytes=9223372036854775806-9223372036854775806 | bytes=9223372036854775806-
			""")
	void isOneRangeHoweverItIsWritten(String header, String range) {
		assertThat(ByteRange.parse(header)).hasToString("Optional[" + range + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "bytes", "bytes=", "bytes=-", "bytes=,", "bytes=0-1,5-6", "bytes=5-9,5-9",
			"bytes=500-0", "bytes=99999999999999999999-0", "bytes=-99999999999999999999", "bytes=a-b", "bytes=1-b",
			"bytes=0x1-2", "bytes=+1-2", "bytes=1--2", "bytes=--1", "bytes=-1-2", "bytes=1 2-3", "bytes=1.0-2",
			"bytes=١-٢", "lines=1-2", "bytes 1-2", "bytes:1-2", "=1-2" })
	void isNoRange(String header) {
		assertThat(ByteRange.parse(header)).isEmpty();
	}

	@Test
	void takesLinearTimeAndBoundedLength() {
		assertThat(ByteRange.parse("bytes=" + ",".repeat(1000) + "5-9")).isPresent();
		assertThat(ByteRange.parse("bytes=" + ",".repeat(2000) + "5-9")).isEmpty();
		assertThat(ByteRange.parse("bytes=" + "9".repeat(1000) + "-")).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-9, 100, bytes 0-9/100", "bytes=0-999, 100, bytes 0-99/100", "bytes=99-, 100, bytes 99-99/100",
			"bytes=100-, 100,", "bytes=0-, 0,", "bytes=-1, 0,", "bytes=-10, 100, bytes 90-99/100",
			"bytes=-1000, 100, bytes 0-99/100", "bytes=99999999999999999999-, 100,", "bytes=-0, 100,",
			"bytes=-999999999999999999, 100, bytes 0-99/100",
			"bytes=0-99999999999999999999, 9223372036854775807, bytes 0-9223372036854775806/9223372036854775807" })
	void isThatPartOfAContent(String header, long length, @Nullable String part) {
		assertThat(ByteRange.parse(header).orElseThrow().within(length).map(ContentRange.Part::toString).orElse(null))
			.isEqualTo(part);
	}

}
