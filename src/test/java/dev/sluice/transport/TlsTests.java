package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import dev.sluice.transport.TransportSettings.Tls;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whom we trust, as whom we come, and what is said when it fails.
 */
class TlsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@SuppressWarnings("NullAway.Init")
	private OurAuthority authority;

	@BeforeEach
	void makeAnAuthority(@TempDir Path files) throws Exception {
		this.authority = OurAuthority.in(files);
	}

	@Test
	void trustsItsOwnAuthorityBesideTheSystems() throws Exception {
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost)) {
			assertThat(ask(upstream, this.authority.trusting())).isEqualTo("anonymous");
		}
	}

	@Test
	void refusesACertificateThatNobodyTrustedSigned() throws Exception {
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost)) {
			refuses(upstream, Tls.DEFAULT, "certificate not trusted");
			refuses(upstream, Tls.DEFAULT, "sluice.upstreams[].tls.certificate-authority");
		}
	}

	@Test
	void refusesACertificateForAnotherName() throws Exception {
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> builder.addSanDnsName("other.example"))) {
			refuses(upstream, this.authority.trusting(), "certificate is for another name");
		}
	}

	@Test
	void refusesAnExpiredCertificate() throws Exception {
		try (LoopbackUpstream upstream = this.authority
			.upstream((builder) -> forLocalhost(builder).notBefore(Instant.now().minus(Duration.ofDays(9)))
				.notAfter(Instant.now().minus(Duration.ofDays(1))))) {
			refuses(upstream, this.authority.trusting(), "certificate expired");
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
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> builder.addSanIpAddress("127.0.0.1"))) {
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
		try (LoopbackUpstream upstream = this.authority.upstream((builder) -> builder.addSanDnsName("other.example"))) {
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
		X509Bundle client = new CertificateBuilder().subject("CN=sluice").buildIssuedBy(this.authority.bundle());
		Tls tls = new Tls(this.authority.trusting().certificateAuthority(),
				this.authority.pem("client.pem", client.getCertificatePathPEM()),
				this.authority.pem("client.key", client.getPrivateKeyPEM()), false);
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost)) {
			assertThat(ask(upstream, tls)).isEqualTo("CN=sluice");
			try (NettyTransport elsewhere = transport(new Origin("https", "localhost", 1), tls)) {
				assertThat(text(elsewhere.sendTo(request(upstream), referrer()))).isEqualTo("anonymous");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void showsAClientCertificateWhoseKeyIsInAnyForm(KeyForm form) throws Exception {
		X509Bundle client = form.client(new CertificateBuilder().subject("CN=sluice"), this.authority.bundle());
		Tls tls = new Tls(this.authority.trusting().certificateAuthority(),
				this.authority.pem("client.pem", client.getCertificatePathPEM()),
				this.authority.pem("client.key", form.pem(client.getKeyPair().getPrivate())), false);
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost)) {
			assertThat(ask(upstream, tls)).isEqualTo("CN=sluice");
		}
	}

	@Test
	void namesBothFilesWhenTheKeyIsOfAnotherCertificate() throws Exception {
		Path chain = this.authority.pem("client.pem", this.authority.client("CN=sluice").getCertificatePathPEM());
		Path another = this.authority.pem("another.key", this.authority.client("CN=another").getPrivateKeyPEM());
		Path elliptic = this.authority.pem("elliptic.key",
				new CertificateBuilder().ecp256()
					.subject("CN=elliptic")
					.buildIssuedBy(this.authority.bundle())
					.getPrivateKeyPEM());
		for (Path key : List.of(another, elliptic)) {
			assertThatIllegalArgumentException().isThrownBy(() -> TlsContexts.of(new Tls(null, chain, key, false)))
				.withMessage("sluice.upstreams[].tls.key: " + key + " isn't the key of the certificate in " + chain);
		}
	}

	@Test
	void saysThatAKeyIsEncrypted() throws Exception {
		Path chain = this.authority.pem("client.pem", this.authority.client("CN=sluice").getCertificatePathPEM());
		Path key = this.authority.pem("client.key", KeyForm.encrypted());
		assertThatIllegalArgumentException().isThrownBy(() -> TlsContexts.of(new Tls(null, chain, key, false)))
			.withMessageStartingWith("sluice.upstreams[].tls.key: " + key + " can't be used: ")
			.withMessageContaining("Password is required")
			.withMessageEndingWith("(PEM is expected, the key unencrypted)");
	}

	@Test
	void namesPropertyAndFileWhenAFileIsMissingOrGarbled() throws IOException {
		Path missing = this.authority.files().resolve("missing.pem");
		Path garbled = this.authority.pem("garbled.pem", "not a certificate");
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
