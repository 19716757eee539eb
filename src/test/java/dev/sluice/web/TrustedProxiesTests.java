package dev.sluice.web;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

	private static final String PROXY = "10.0.0.1";

	/** 10.0.0.0/8 and fd00::/8. */
	private final TrustedProxies proxies = new TrustedProxies(
			(address) -> address.getAddress()[0] == 10 || address.getAddress()[0] == (byte) 0xfd);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "203.0.113.9 | 203.0.113.9", "1.1.1.1, 203.0.113.9 | 203.0.113.9",
			"1.1.1.1, 203.0.113.9, 10.0.0.3, 10.9.9.9 | 203.0.113.9", "10.0.0.3 | 10.0.0.3",
			"10.0.0.4,10.0.0.3 | 10.0.0.4", "203.0.113.9:4711 | 203.0.113.9", "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
			"[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1", "[2001:db8::1] | 2001:db8:0:0:0:0:0:1",
			"203.0.113.9, fd00::7 | 203.0.113.9", "::ffff:203.0.113.9 | 203.0.113.9", "\"203.0.113.9\" | 203.0.113.9",
			"1.1.1.1, unknown | 10.0.0.1", "1.1.1.1, nonsense, 10.0.0.3 | 10.0.0.3", "1.1.1.1, , 10.0.0.3 | 10.0.0.3",
			"evil.example | 10.0.0.1", "203.0.113.999 | 10.0.0.1", "'' | 10.0.0.1", "127.0.0.1 | 127.0.0.1" })
	void readsFromTheRightPastTrustedProxies(String forwardedFor, String client) throws Exception {
		assertThat(clientOf(PROXY, "X-Forwarded-For", forwardedFor)).isEqualTo(client);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "for=203.0.113.9 | 203.0.113.9", "For=203.0.113.9;proto=https;by=10.0.0.1 | 203.0.113.9",
					"proto=https; for=203.0.113.9 | 203.0.113.9", "for=1.1.1.1, for=203.0.113.9 | 203.0.113.9",
					"for=203.0.113.9,for=10.0.0.3;host=\"a,b;for=1.1.1.1\" | 203.0.113.9",
					"for=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1", "for=\"203.0.113.9:47\" | 203.0.113.9",
					"for=1.1.1.1, for=unknown | 10.0.0.1", "for=1.1.1.1, for=_hidden, for=10.0.0.3 | 10.0.0.3",
					"for=1.1.1.1, proto=http | 10.0.0.1", "xfor=1.1.1.1 | 10.0.0.1", "host=\"a, for=1.1.1.1 | 10.0.0.1",
					"nonsense | 10.0.0.1" })
	void readsTheStandardsHeaderToo(String forwarded, String client) throws Exception {
		assertThat(clientOf(PROXY, "Forwarded", forwarded)).isEqualTo(client);
	}

	@Test
	void joinsLines() throws Exception {
		assertThat(clientOf(PROXY, "X-Forwarded-For", "1.1.1.1", "X-Forwarded-For", "203.0.113.9"))
			.isEqualTo("203.0.113.9");
		assertThat(clientOf(PROXY, "Forwarded", "for=203.0.113.9", "Forwarded", "for=10.0.0.3"))
			.isEqualTo("203.0.113.9");
	}

	@Test
	void believesNobodyElse() throws Exception {
		assertThat(clientOf("203.0.113.9", "X-Forwarded-For", "1.1.1.1", "Forwarded", "for=1.1.1.1"))
			.isEqualTo("203.0.113.9");
	}

	@Test
	void believesNeitherHeaderWhereTheyDiffer() throws Exception {
		assertThat(clientOf(PROXY, "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=1.1.1.1")).isEqualTo(PROXY);
		assertThat(clientOf(PROXY, "X-Forwarded-For", "203.0.113.9", "Forwarded", "for=203.0.113.9"))
			.isEqualTo("203.0.113.9");
	}

	@ParameterizedTest
	@ValueSource(strings = { ",", "10.0.0.2,", "for=10.0.0.2,", ";", "\"", "[", ":", "for=;", "," })
	void takesLinearTimeWhateverIsRepeated(String part) throws Exception {
		String line = part.repeat(16 * 1024 / part.length());
		clientOf(PROXY, "X-Forwarded-For", line, "Forwarded", line);
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		for (int i = 0; i < 10; i++) {
			clientOf(PROXY, "X-Forwarded-For", line, "Forwarded", line);
		}
		long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
		assertThat(Duration.ofNanos(taken)).isLessThan(Duration.ofMillis(500));
	}

	private String clientOf(String peer, String... headers) throws UnknownHostException {
		HttpHeaders all = new HttpHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			all.add(headers[i], headers[i + 1]);
		}
		return this.proxies.clientOf(InetAddress.getByName(peer), all).getHostAddress();
	}

}
