package dev.sluice.settings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Sizes as people write them.
 */
class SizeTests {

	@ParameterizedTest
	@CsvSource({ "20GB, 20000000000", "20G, 20000000000", "20 GB, 20000000000", "20gb, 20000000000", "20g, 20000000000",
			"20Gi, 21474836480", "20GiB, 21474836480", "20gib, 21474836480", "20 GI, 21474836480", "512MiB, 536870912",
			"512Mi, 536870912", "3KB, 3000", "3k, 3000", "3KiB, 3072", "3ki, 3072", "2TB, 2000000000000",
			"2Ti, 2199023255552", "1.5GB, 1500000000", "0.5Ki, 512", "0, 0", "0GB, 0", "1234567, 1234567",
			"1234567B, 1234567", "' 7 b ', 7", "007MB, 7000000", "9223372036854775807, 9223372036854775807",
			"8388607TiB, 9223370937343148032" })
	void isReadAsItIsWritten(String text, long bytes) {
		assertThat(Size.valueOf(text).toBytes()).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GB", "-1GB", "+1GB", "1,5GB", "1.GB", ".5GB", "20 G B", "20GBB", "20i", "20iB",
			"20Gb/s", "20 gigabytes", "1e9", "0x10", "20PB", "9223372036854775808", "8388608TiB", "9223373TB",
			"99999999999999999999TB", "999999999999999999999999999999", "20\nGB", "٢٠GB", "1.0000000001GB", "NaN" })
	void isRefusedWithAnExample(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Size.valueOf(text))
			.withMessage("expected a size, such as 20GB or 512MiB");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0B", "999, 999B", "1000, 1KB", "1024, 1KiB", "1500, 1.5KB", "20000000000, 20GB",
			"536870912, 512MiB", "10737418240, 10GiB", "12345678901, 12.3GB" })
	void ofSomeBytesIsToldInTheLargestUnit(long bytes, String text) {
		assertThat(Size.ofBytes(bytes)).hasToString(text);
	}

}
