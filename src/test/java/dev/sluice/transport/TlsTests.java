package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import dev.sluice.oci.RegistryException.UpstreamUnreachable;
import dev.sluice.transport.TransportSettings.Tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whom we trust, as whom we come, and what is said when it fails.
 */
class TlsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path files;

	@SuppressWarnings("NullAway.Init")
	private X509Bundle authority;

	@BeforeEach
	void makeAnAuthority() throws Exception {
		this.authority = new CertificateBuilder().subject("CN=Our CA")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
	}

	@Test
	void trustsItsOwnAuthorityBesideTheSystems() throws Exception {
		try (LoopbackUpstream upstream = upstream(this::forLocalhost)) {
			assertThat(ask(upstream, trusting())).isEqualTo("anonymous");
		}
	}

	@Test
	void refusesACertificateThatNobodyTrustedSigned() throws Exception {
		try (LoopbackUpstream upstream = upstream(this::forLocalhost)) {
			refuses(upstream, Tls.DEFAULT, "certificate not trusted");
			refuses(upstream, Tls.DEFAULT, "sluice.upstreams[].tls.certificate-authority");
		}
	}

	@Test
	void refusesACertificateForAnotherName() throws Exception {
		try (LoopbackUpstream upstream = upstream((builder) -> builder.addSanDnsName("other.example"))) {
			refuses(upstream, trusting(), "certificate is for another name");
		}
	}

	@ParameterizedTest
	@CsvSource({ "my_bucket.store.example, my_bucket.store.example", "my_bucket.store.example, *.store.example",
			"MY_bucket.store.example, my_bucket.store.example", "registry.example., registry.example",
			"registry.example., *.example", "my_registry, my_registry" })
	void trustsHostsThatTheJdkWontLookAt(String host, String certified) throws Exception {
		boolean wildcardOfATopLevelDomain = certified.equals("*.example");
		try (LoopbackUpstream upstream = upstream((builder) -> forName(builder, certified));
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
		try (LoopbackUpstream upstream = upstream((builder) -> forName(builder, certified));
				NettyTransport transport = odd(upstream, host)) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, upstream.origin(host).resolve("/"));
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(request).block(PATIENCE))
				.withMessageContaining("certificate is for another name");
		}
	}

	@Test
	void refusesThemWhereNobodyTrustedSigned() throws Exception {
		try (LoopbackUpstream upstream = upstream((builder) -> forName(builder, "my_registry.example"));
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
		return new NettyTransport(Set.of(upstream.origin(host.toLowerCase(Locale.ROOT))), Settings.tls(trusting()),
				LoopbackUpstream.network(new LoopbackNames()));
	}

	@Test
	void refusesAnExpiredCertificate() throws Exception {
		try (LoopbackUpstream upstream = upstream(
				(builder) -> forLocalhost(builder).notBefore(Instant.now().minus(Duration.ofDays(9)))
					.notAfter(Instant.now().minus(Duration.ofDays(1))))) {
			refuses(upstream, trusting(), "certificate expired");
		}
	}

	@Test
	void saysThatAnEndpointSpeaksPlainHttp() {
		try (LoopbackUpstream plain = new LoopbackUpstream((routes) -> {
		})) {
			Origin origin = new Origin("https", "127.0.0.1", plain.origin().port());
			try (NettyTransport transport = transport(origin, Tls.DEFAULT)) {
				OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, origin.resolve("/v2/"));
				assertThatExceptionOfType(UpstreamUnreachable.class)
					.isThrownBy(() -> transport.send(request).block(PATIENCE))
					.withMessage(origin + ": answers plain HTTP: write http:// in sluice.upstreams[].endpoints");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\25\3\1\0\2\2\106", "\25\3\3\0\2\2\12", "\25\3\3\0\2\2\62",
			"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
			"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: 87\r\n"
					+ "Connection: close\r\n\r\n<html><head><title>400 The plain HTTP request was sent to HTTPS port"
					+ "</title></head></html>",
			"HTTP/1.1 400 Bad Request\r\nContent-Length: 75\r\n\r\n"
					+ "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />\n   ",
			"HTTP/1.1 400 \r\nContent-Type: text/plain;charset=UTF-8\r\nConnection: close\r\n\r\n"
					+ "Bad Request\r\nThis combination of host and port requires TLS.\r\n" })
	void saysThatAnEndpointAskedByPlainHttpSpeaksTls(String answer) throws Exception {
		try (RawUpstream tls = new RawUpstream((_, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, answer);
			socket.close();
		}); NettyTransport transport = transport(tls.origin(), Tls.DEFAULT)) {
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(tls.get("/v2/")).block(PATIENCE))
				.withMessage(tls.origin() + ": speaks TLS: write https:// in sluice.upstreams[].endpoints");
		}
	}

	@Test
	void guessesThatAnEndpointWhichClosesAtOnceMaySpeakTls() throws Exception {
		try (LoopbackUpstream upstream = upstream((builder) -> builder.addSanIpAddress("127.0.0.1"))) {
			Origin origin = new Origin("http", "127.0.0.1", upstream.origin().port());
			try (NettyTransport transport = transport(origin, Tls.DEFAULT)) {
				OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, origin.resolve("/v2/"));
				assertThatExceptionOfType(UpstreamUnreachable.class)
					.isThrownBy(() -> transport.send(request).block(PATIENCE))
					.withMessageContaining("if it speaks TLS, write https:// in sluice.upstreams[].endpoints");
			}
		}
	}

	@Test
	void skipsVerificationAtItsOwnEndpointAlone() throws Exception {
		Tls skip = new Tls(null, null, null, true);
		try (LoopbackUpstream upstream = upstream((builder) -> builder.addSanDnsName("other.example"))) {
			assertThat(ask(upstream, skip)).isEqualTo("anonymous");
			try (NettyTransport elsewhere = transport(new Origin("https", "localhost", 1), skip)) {
				assertThatExceptionOfType(UpstreamUnreachable.class)
					.isThrownBy(() -> elsewhere.sendTo(request(upstream), referrer()).block(PATIENCE))
					.withMessageContaining("certificate not trusted");
			}
		}
	}

	@Test
	void showsItsClientCertificateToItsOwnEndpointAlone() throws Exception {
		X509Bundle client = new CertificateBuilder().subject("CN=sluice").buildIssuedBy(this.authority);
		Tls tls = new Tls(pem("ca.pem", this.authority.getRootCertificatePEM()),
				pem("client.pem", client.getCertificatePathPEM()), pem("client.key", client.getPrivateKeyPEM()), false);
		try (LoopbackUpstream upstream = upstream(this::forLocalhost)) {
			assertThat(ask(upstream, tls)).isEqualTo("CN=sluice");
			try (NettyTransport elsewhere = transport(new Origin("https", "localhost", 1), tls)) {
				assertThat(text(elsewhere.sendTo(request(upstream), referrer()))).isEqualTo("anonymous");
			}
		}
	}

	@Test
	void namesPropertyAndFileWhenAFileIsMissingOrGarbled() throws IOException {
		Path missing = this.files.resolve("missing.pem");
		Path garbled = pem("garbled.pem", "not a certificate");
		fails(new Tls(missing, null, null, false), "certificate-authority", missing);
		fails(new Tls(garbled, null, null, false), "certificate-authority", garbled);
		fails(new Tls(null, missing, missing, false), "certificate", missing);
		fails(new Tls(null, garbled, garbled, false), "key", garbled);
		assertThatIllegalArgumentException().isThrownBy(() -> TlsContexts.of(new Tls(null, garbled, null, false)))
			.withMessageContaining("go together");
	}

	private static void fails(Tls tls, String property, Path file) {
		assertThatIllegalArgumentException().isThrownBy(() -> TlsContexts.of(tls))
			.withMessageContaining("sluice.upstreams[].tls")
			.withMessageContaining(property)
			.withMessageContaining(file.toString());
	}

	private CertificateBuilder forLocalhost(CertificateBuilder builder) {
		return builder.addSanDnsName("localhost");
	}

	private Tls trusting() throws IOException {
		return new Tls(pem("ca.pem", this.authority.getRootCertificatePEM()), null, null, false);
	}

	private Path pem(String name, String text) throws IOException {
		return Files.writeString(this.files.resolve(name), text);
	}

	private LoopbackUpstream upstream(UnaryOperator<CertificateBuilder> certificate) throws Exception {
		X509Bundle bundle = certificate.apply(new CertificateBuilder().subject("CN=registry"))
			.buildIssuedBy(this.authority);
		SslContextBuilder tls = SslContextBuilder
			.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
			.trustManager(this.authority.getCertificate())
			.clientAuth(ClientAuth.OPTIONAL);
		var context = tls.build();
		return new LoopbackUpstream("https", (server) -> server.secure((spec) -> spec.sslContext(context))
			.handle((request, response) -> response.sendString(Mono.fromSupplier(() -> caller(request)))));
	}

	private static String caller(HttpServerRequest request) {
		String[] name = { "anonymous" };
		request.withConnection((connection) -> {
			SslHandler tls = Objects.requireNonNull(connection.channel().pipeline().get(SslHandler.class));
			try {
				name[0] = tls.engine().getSession().getPeerPrincipal().getName();
			}
			catch (SSLPeerUnverifiedException ex) {
				// anonymous it is
			}
		});
		return name[0];
	}

	private static Transport.Referrer referrer() {
		return new Transport.Referrer(new Origin("https", "localhost", 1), Reach.LOOPBACK);
	}

	private static OutboundRequest request(LoopbackUpstream upstream) {
		return LoopbackUpstream.request(HttpMethod.GET, upstream.origin("localhost").resolve("/v2/?secret=1"));
	}

	private static NettyTransport transport(Origin own, Tls tls) {
		return new NettyTransport(Set.of(own), Settings.tls(tls),
				LoopbackUpstream.network(DefaultAddressResolverGroup.INSTANCE));
	}

	private static String ask(LoopbackUpstream upstream, Tls tls) {
		try (NettyTransport transport = transport(upstream.origin("localhost"), tls)) {
			return text(transport.send(request(upstream)));
		}
	}

	private static void refuses(LoopbackUpstream upstream, Tls tls, String why) {
		assertThatExceptionOfType(UpstreamUnreachable.class).isThrownBy(() -> ask(upstream, tls))
			.withMessageStartingWith(upstream.origin("localhost") + ": ")
			.withMessageContaining(why)
			.withMessageNotContaining("secret");
	}

	private static String text(Mono<Answer> answer) {
		return new String(LoopbackUpstream.await(answer.flatMap((it) -> it.bytes(4096))), StandardCharsets.UTF_8);
	}

}
