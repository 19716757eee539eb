package dev.sluice.transport;

import dev.sluice.testing.LinearTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * RFC 3986, and what registries, CDNs and object stores really send.
 */
class UrlTests {

	private static final Url BASE = Url.parse("http://a/b/c/d;p?q");

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "g http://a/b/c/g", "./g http://a/b/c/g", "g/ http://a/b/c/g/", "/g http://a/g", "//g http://g/",
					"?y http://a/b/c/d;p?y", "g?y http://a/b/c/g?y", "#s http://a/b/c/d;p?q", "g#s http://a/b/c/g",
					";x http://a/b/c/;x", ". http://a/b/c/", "./ http://a/b/c/", ".. http://a/b/", "../g http://a/b/g",
					"../.. http://a/", "../../g http://a/g", "../../../g http://a/g", "/./g http://a/g",
					"/../g http://a/g", "g. http://a/b/c/g.", "..g http://a/b/c/..g", "./g/. http://a/b/c/g/",
					"g/../h http://a/b/c/h", "g?y/../x http://a/b/c/g?y/../x", "http://x/y http://x/y" })
	void resolvesAsRfc3986Says(String reference, String meant) {
		assertThat(BASE.resolve(reference).text()).isEqualTo(meant);
	}

	@Test
	void nothingButAQueryKeepsThePath() {
		assertThat(Url.parse("https://r.example/v2/a/blobs/x?y").resolve("?sig=a%2Fb").text())
			.isEqualTo("https://r.example/v2/a/blobs/x?sig=a%2Fb");
		assertThat(BASE.resolve("").text()).isEqualTo("http://a/b/c/d;p?q");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', quoteCharacter = '\u0001',
			value = { "/a|b /a%7Cb", "/{a} /%7Ba%7D", "/a\"b /a%22b", "/a^b /a%5Eb", "/100%?sig=%zz /100%25?sig=%25zz",
					"/a%2Fb%7e?c=%2f /a%2Fb%7e?c=%2f", "/a[1] /a%5B1%5D", "/a`b /a%60b", "/a<b>\\c /a%3Cb%3E%5Cc",
					"/\u00c3\u00a9 /%C3%A9", "/\u4e2d /%E4%B8%AD", "/\u00e6\u0097\u00a5 /%E6%97%A5",
					"/a+b?c+d /a+b?c+d", "/a?b?c=/:@!$&'()*,;= /a?b?c=/:@!$&'()*,;=", "/a? /a?", "/a?%e /a?%25e" })
	void encodesWhatARequestLineCantHold(String target, String sent) {
		assertThat(Url.parse("https://r.example" + target).target()).isEqualTo(sent);
		assertThat(BASE.resolve(target).target()).isEqualTo(sent);
	}

	@Test
	void encodesSpaces() {
		assertThat(Url.parse(" https://r.example/a b?c d ").text()).isEqualTo("https://r.example/a%20b?c%20d");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "HTTP://R.Example http://r.example/",
			"https://r.example:443/ https://r.example/", "https://r.example:/x https://r.example/x",
			"https://my_registry:5000 https://my_registry:5000/", "https://r.example./x https://r.example./x",
			"http://[::1]:5000/ http://[::1]:5000/", "https://r.example?sig=1 https://r.example/?sig=1",
			"https://_x/ https://_x/", "http://r.example:08080/ http://r.example:8080/",
			"http://127.0.0.1:026102/ http://127.0.0.1:26102/", "http://127.0.0.1.:5000/ http://127.0.0.1:5000/",
			"http://0x7f.1./ http://0x7f.1/", "http://[::1]:05000/ http://[::1]:5000/" })
	void readsHostsAsClientsDo(String text, String meant) {
		assertThat(Url.parse(text).text()).isEqualTo(meant);
	}

	/** As settings have them, and as the bytes of a header. */
	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "b\u00fccher.example xn--bcher-kva.example", "b\u00c3\u00bccher.example xn--bcher-kva.example",
					"B\u00dcCHER.Example:5000 xn--bcher-kva.example:5000", "bu\u0308cher.example xn--bcher-kva.example",
					"\u65e5\u672c.example. xn--wgv71a.example.", "r.\u4e2d\u00e9 r.xn--9ca3760b",
					"\u00e6\u0097\u00a5\u00e6\u009c\u00ac.example xn--wgv71a.example",
					"\uff11\uff12\uff17.0.0.1 127.0.0.1" })
	void readsHostsInAllLetters(String authority, String meant) {
		assertThat(Url.parse("https://" + authority + "/x").text()).isEqualTo("https://" + meant + "/x");
		assertThat(BASE.resolve("//" + authority + "/x").text()).isEqualTo("http://" + meant + "/x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stra\u00dfe.example", "stra\u00c3\u009fe.example", "\u03c2.example", "a\u200db.example",
			"b\u00fc_cher.example", "-\u00fc.example", "\u00fc..example", "\u2100.example", "\u00fc\uff1a80.example",
			"[\u00fc]", "u@\u00fc.example", "\u00fc\uff20example", "\u202e\u00fc.example", "\u3002", "\ud83d.example",
			"\u0080", "\u00fc.example:\u0661", "\u00ff\u00fe\u0000" })
	void refusesLettersThatMakeNoHost(String authority) {
		assertThatIllegalArgumentException().isThrownBy(() -> Url.parse("https://" + authority + "/"))
			.satisfies((ex) -> assertThat(ex.getMessage()).matches("[ -~]+").doesNotContain("example"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[::00000]", "[::00001]", "[::000000000000000]:5", "[0000a::1]", "[fe80::00000001]",
			"[:::]", "[1:2:3]", "[1:2:3:4:5:6:7:8:9]", "[::1.2.3]", "[::1.2.3.400]", "[::g]", "[::1%25eth0]",
			"[127.0.0.1]" })
	void refusesWhatIsNoAddressInBrackets(String authority) {
		assertThatIllegalArgumentException().isThrownBy(() -> Url.parse("https://" + authority + "/"));
	}

	@Test
	void refusesMoreLettersThanAHostCanHaveAtOnce() {
		LinearTime.spend(() -> assertThatIllegalArgumentException()
			.isThrownBy(() -> Url.parse("https://" + "\u4e00\u4e8c\u4e09".repeat(5000) + "/")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "r.example", "/v2/", "//r.example/", "ftp://r.example/", "http:/r.example",
			"http:r.example", "http://", "http:///x", "http://u@r.example/", "http://u:p@r.example/",
			"http://r.example:99999/", "http://r.example:0/", "http://r.example:000000/", "http://r.example:0099999/",
			"http://[::1]./", "http://r.example:99999999999999999/", "http://r.example:x/", "http://r.ex%61mple/",
			"http://r.example\\@evil.example/", "http://[::1/", "http://[:.1]/", "http://[::1::]/", "http://[1.2.3.4]/",
			"http://a b/", "http://-a/", "javascript:alert(1)", "http://r.example/\u0000", "http://r.example/\r\nX: y",
			"http://r\t.example/" })
	void refusesWhatIsNoWebAddress(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Url.parse(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("example", "u:p"));
	}

	@Test
	void refusesTheSameInAReference() {
		assertThatIllegalArgumentException().isThrownBy(() -> BASE.resolve("//u:p@r.example/"));
		assertThatIllegalArgumentException().isThrownBy(() -> BASE.resolve("mailto:x@r.example"));
		assertThatIllegalArgumentException().isThrownBy(() -> BASE.resolve("/" + "a".repeat(20_000)));
	}

	@Test
	void addsParameters() {
		assertThat(Url.parse("https://r/t").with("a=1").target()).isEqualTo("/t?a=1");
		assertThat(Url.parse("https://r/t?b").with("a=1").target()).isEqualTo("/t?b&a=1");
		assertThat(Url.parse("https://r/t?").with("a=1").target()).isEqualTo("/t?a=1");
		assertThat(Url.parse("https://r/t").with("").target()).isEqualTo("/t");
	}

	@Test
	void printsNoQuery() {
		assertThat(Url.parse("https://r.example/t?sig=secret")).hasToString("https://r.example/t");
	}

}
