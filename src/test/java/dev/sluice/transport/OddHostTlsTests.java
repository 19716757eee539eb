package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import dev.sluice.transport.TransportSettings.Tls;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.pkitesting.CertificateBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Hosts whose names the JDK doesn't hold against a certificate: whom we trust there.
 */
class OddHostTlsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@SuppressWarnings("NullAway.Init")
	private OurAuthority authority;

	@BeforeEach
	void makeAnAuthority(@TempDir Path files) throws Exception {
		this.authority = OurAuthority.in(files);
	}

	@ParameterizedTest
	@CsvSource({ "my_bucket.store.example, my_bucket.store.example", "my_bucket.store.example, *.store.example",
			"MY_bucket.store.example, my_bucket.store.example", "registry.example., registry.example",
			"registry.example., *.example", "my_registry, my_registry" })
	void trustsHostsThatTheJdkWontLookAt(String host, String certified) throws Exception {
		boolean wildcardOfATopLevelDomain = certified.equals("*.example");
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> forName(builder, certified));
				NettyTransport transport = odd(upstream, host)) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET,
					upstream.origin(host.toLowerCase(Locale.ROOT)).resolve("/name"));
			if (wildcardOfATopLevelDomain) {
				assertThatExceptionOfType(UpstreamUnreachable.class)
					.isThrownBy(() -> transport.send(request).block(PATIENCE))
					.withMessageContaining("certificate is for another name");
				return;
			}
			assertThat(text(transport.send(request))).isEqualTo("anonymous");
		}
	}

	@ParameterizedTest
	@CsvSource({ "my_bucket.store.example, other.store.example", "my_bucket.store.example, *.example",
			"a.my_bucket.store.example, *.store.example", "registry.example., other.example",
			"my_bucket.store.example, *_bucket.store.example" })
	void refusesThemWhereTheCertificateIsForAnotherName(String host, String certified) throws Exception {
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> forName(builder, certified));
				NettyTransport transport = odd(upstream, host)) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, upstream.origin(host).resolve("/"));
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(request).block(PATIENCE))
				.withMessageContaining("certificate is for another name");
		}
	}

	@Test
	void refusesThemWhereNobodyTrustedSigned() throws Exception {
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> forName(builder, "my_registry.example"));
				NettyTransport transport = new NettyTransport(Set.of(upstream.origin("my_registry.example")),
						Settings.tls(Tls.DEFAULT), LoopbackUpstream.network(new LoopbackNames()))) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET,
					upstream.origin("my_registry.example").resolve("/"));
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(request).block(PATIENCE))
				.withMessageContaining("certificate not trusted");
		}
	}

	/** The builder's own method refuses the names that are tested here. */
	private static CertificateBuilder forName(CertificateBuilder builder, String name) {
		byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
		byte[] names = new byte[ascii.length + 4];
		System.arraycopy(new byte[] { 0x30, (byte) (ascii.length + 2), (byte) 0x82, (byte) ascii.length }, 0, names, 0,
				4);
		System.arraycopy(ascii, 0, names, 4, ascii.length);
		return builder.addExtensionOctetString("2.5.29.17", false, names);
	}

	private NettyTransport odd(LoopbackUpstream upstream, String host) throws IOException {
		return new NettyTransport(Set.of(upstream.origin(host.toLowerCase(Locale.ROOT))),
				Settings.tls(this.authority.trusting()), LoopbackUpstream.network(new LoopbackNames()));
	}

	private static String text(Mono<Answer> answer) {
		return new String(LoopbackUpstream.await(answer.flatMap((it) -> it.bytes(4096))), StandardCharsets.UTF_8);
	}

}
