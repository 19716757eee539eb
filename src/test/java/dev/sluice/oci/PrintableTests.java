package dev.sluice.oci;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of somebody else's words. */
class PrintableTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			plain text, plain text
			'a\nb\r\nc\td', a?b??c?d
			'a\u2028b\u2029c\u0085d\u0000', a?b?c?d?
			'a\u202eb\u200bc\ue000d\ufffe', a?b?c?d?
			'\ud800 alone', ? alone
			naïve 日本 😀, naïve 日本 😀
			""")
	void isOneLineOfWhatCanBeSeen(String text, String shown) {
		assertThat(Printable.of(text)).isEqualTo(shown);
	}

	@Test
	void isCutAtItsLimitBetweenCharacters() {
		assertThat(Printable.of("x".repeat(200))).hasSize(200);
		assertThat(Printable.of("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
		assertThat(Printable.of("😀😀", 3)).isEqualTo("😀…");
		assertThat(Printable.of("abc", 0)).isEqualTo("…");
		assertThat(Printable.of("", 0)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://user:made-up@r.example/, https://…@r.example/", "HTTP://u:p@r, HTTP://…@r", "//u:p@r, //…@r",
			"socks5://u:p@r, socks5://…@r", "u:p@r.example, …@r.example", "u:p//w@r.example, …@r.example",
			"u://w@r.example, …@r.example", "https://u:p@ss/w@r, https://…@r", "a@b://r, …@b://r",
			"https://r.example/a, https://r.example/a", "@, …@" })
	void showsNoLoginBeforeAHost(String text, String shown) {
		assertThat(Printable.withoutLogin(text)).isEqualTo(shown);
	}

}
