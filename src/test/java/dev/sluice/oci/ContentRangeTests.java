package dev.sluice.oci;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which bytes an answer says it holds. */
class ContentRangeTests {

	@ParameterizedTest
	@CsvSource({ "bytes 0-9/100, bytes 0-9/100", "bytes 0-9/*, bytes 0-9/*", "bytes */100, bytes */100",
			"Bytes 0-9/10, bytes 0-9/10", "'  bytes  0-9 / 10 ', bytes 0-9/10", "bytes 00-09/010, bytes 0-9/10",
			"bytes */0, bytes */0", "bytes 9223372036854775806-9223372036854775806/9223372036854775807, "
					+ "bytes 9223372036854775806-9223372036854775806/9223372036854775807" })
	void saysWhichBytes(String header, String range) {
		assertThat(ContentRange.parse(header)).hasToString("Optional[" + range + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "bytes", "bytes ", "bytes */*", "bytes 0-9", "bytes 0/10", "bytes -9/10",
			"bytes 0-/10", "bytes 9-0/10", "bytes 0-10/10", "bytes 0-9/9", "bytes=0-9/10", "bytes:0-9/10",
			"lines 0-9/10", "0-9/10", "bytes 0-9/ten", "bytes 0-9/-1", "bytes a-b/10", "bytes 0-9/10/10",
			"bytes 0-9-9/10", "bytes +0-9/10", "bytes 0-9/9223372036854775808",
			"bytes 0-18446744073709551615/18446744073709551616", "bytes 9223372036854775807-9223372036854775807/*",
			"bytes */9223372036854775808", "bytes 0- 9/10" })
	void saysNothingThatCanBe(String header) {
		assertThat(ContentRange.parse(header)).isEmpty();
	}

	@Test
	void isReadInBoundedLength() {
		assertThat(ContentRange.parse("bytes 0-9/" + "0".repeat(100) + "10")).isPresent();
		assertThat(ContentRange.parse("bytes 0-9/" + "0".repeat(1000) + "10")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-9, bytes 0-9/100, true", "bytes=0-9, bytes 0-8/100, false", "bytes=0-9, bytes 1-9/100, false",
			"bytes=0-9, bytes 0-10/100, false", "bytes=0-9, bytes 0-4/5, true", "bytes=0-9, bytes 0-3/5, false",
			"bytes=5-, bytes 5-99/100, true", "bytes=5-, bytes 5-98/100, false", "bytes=5-, bytes 0-99/100, false",
			"bytes=-10, bytes 90-99/100, true", "bytes=-10, bytes 0-9/100, false", "bytes=-10, bytes 89-99/100, false",
			"bytes=-10, bytes 0-4/5, true", "bytes=0-9, bytes 0-9/*, true", "bytes=0-9, bytes 0-8/*, false",
			"bytes=0-9, bytes 1-9/*, false", "bytes=5-, bytes 5-7/*, true", "bytes=5-, bytes 4-7/*, false",
			"bytes=-10, bytes 90-99/*, true", "bytes=-10, bytes 90-98/*, false", "bytes=-10, bytes 0-4/*, true",
			"bytes=-10, bytes 90-100/*, false" })
	void answersWhatWasAskedForOrNot(String asked, String answered, boolean right) {
		assertThat(ContentRange.parsePart(answered).orElseThrow().answers(ByteRange.parse(asked).orElseThrow()))
			.isEqualTo(right);
	}

	@ParameterizedTest
	@CsvSource({ "bytes 0-9/10, 10, true", "bytes 0-9/10, -1, true", "bytes 0-9/*, 10, false", "bytes 0-9/*, -1, false",
			"bytes 0-9/11, 10, false", "bytes 1-9/10, 9, false", "bytes 0-9/10, 11, false", "bytes 0-9/*, 11, false" })
	void isTheWholeOrNot(String header, long announced, boolean whole) {
		OptionalLong length = (announced >= 0) ? OptionalLong.of(announced) : OptionalLong.empty();
		assertThat(ContentRange.parsePart(header).orElseThrow().isWhole(length)).isEqualTo(whole);
	}

}
