package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.SecretMount;
import dev.sluice.transport.TransportSettings.Tls;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changed certificate files take effect on the next connections, without a restart, and
 * what can't be used changes nothing.
 */
class CertificateReloadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration THREE_LOOKS = Duration.ofSeconds(3);

	@TempDir
	private Path files;

	@SuppressWarnings("NullAway.Init")
	private OurAuthority authority;

	@BeforeEach
	void makeAnAuthority() throws Exception {
		this.authority = OurAuthority.in(this.files);
	}

	@Test
	void newAuthorityIsTrustedAndTheOldOneNoMore() throws Exception {
		OurAuthority old = OurAuthority.in(this.files);
		Tls tls = old.trusting();
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost);
				NettyTransport transport = transport(upstream, tls)) {
			assertThat(answer(transport, upstream)).contains("certificate not trusted");
			this.authority.trusting();
			awaitAnswer(transport, upstream, "anonymous");
			old.trusting();
			awaitAnswer(transport, upstream, "certificate not trusted");
		}
	}

	@Test
	void identityThatAKubeletSwapsIsShownWhileRequestsGoOn() throws Exception {
		SecretMount mount = SecretMount.at(this.files.resolve("mount")).write(secret("CN=first"));
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost);
				NettyTransport transport = transport(upstream, identity(mount("tls.crt"), mount("tls.key")))) {
			assertThat(answer(transport, upstream)).isEqualTo("CN=first");
			mount.write(secret("CN=second"));
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
				String answer = answer(transport, upstream);
				assertThat(answer).isIn("CN=first", "CN=second");
				return answer.equals("CN=second");
			});
		}
	}

	@Test
	void pullThatIsUnderWayEndsOverTheConnectionItHas() throws Exception {
		SecretMount mount = SecretMount.at(this.files.resolve("mount")).write(secret("CN=first"));
		Sinks.One<String> rest = Sinks.one();
		try (LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost, rest.asMono());
				NettyTransport transport = transport(upstream, identity(mount("tls.crt"), mount("tls.key")))) {
			Answer slow = LoopbackUpstream.await(transport.send(request(upstream, "/slow")));
			mount.write(secret("CN=second"));
			awaitAnswer(transport, upstream, "CN=second");
			rest.tryEmitValue(", still").orThrow();
			assertThat(text(LoopbackUpstream.await(slow.bytes(4096)))).isEqualTo("CN=first, still");
		}
	}

	@Test
	void certificateWaitsForItsKey() throws Exception {
		Path chain = this.files.resolve("client.pem");
		Path key = this.files.resolve("client.key");
		X509Bundle first = this.authority.client("CN=first");
		X509Bundle second = this.authority.client("CN=second");
		Files.writeString(chain, first.getCertificatePathPEM());
		Files.writeString(key, first.getPrivateKeyPEM());
		try (LogCapture log = LogCapture.asUsersSeeIt();
				LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost);
				NettyTransport transport = transport(upstream, identity(chain, key))) {
			Files.writeString(chain, second.getCertificatePathPEM());
			staysFor(THREE_LOOKS, transport, upstream, "CN=first");
			Files.writeString(key, second.getPrivateKeyPEM());
			awaitAnswer(transport, upstream, "CN=second");
			assertThat(log.entries().stream().filter((entry) -> entry.logger().endsWith("CertificateWatch")))
				.extracting(LogCapture.Entry::message)
				.containsExactly(upstream.origin("localhost") + ": sluice.upstreams[].tls.key: " + key
						+ " isn't the key of the certificate in " + chain + "; what was read before stays in force",
						upstream.origin("localhost")
								+ ": its certificate files changed; they count for connections from now on");
		}
	}

	@Test
	void whatIsGarbledOrGoneIsToldOnceAndChangesNothing() throws Exception {
		Tls tls = this.authority.trusting();
		Path file = this.files.resolve("ca.pem");
		try (LogCapture log = LogCapture.asUsersSeeIt();
				LoopbackUpstream upstream = this.authority.upstream(this::forLocalhost);
				NettyTransport transport = transport(upstream, tls)) {
			Files.writeString(file, "not a certificate");
			staysFor(THREE_LOOKS, transport, upstream, "anonymous");
			Files.delete(file);
			staysFor(THREE_LOOKS, transport, upstream, "anonymous");
			assertThat(log.entries().stream().filter((entry) -> entry.logger().endsWith("CertificateWatch")))
				.extracting(LogCapture.Entry::message)
				.hasSize(2)
				.allSatisfy((message) -> assertThat(message)
					.startsWith(upstream.origin("localhost") + ": sluice.upstreams[].tls.certificate-authority: ")
					.contains(file.toString())
					.endsWith("; what was read before stays in force"));
		}
	}

	/** As cert-manager writes it. */
	private Map<String, String> secret(String name) throws Exception {
		X509Bundle client = this.authority.client(name);
		return Map.of("tls.crt", client.getCertificatePathPEM(), "tls.key",
				KeyForm.PKCS1.pem(client.getKeyPair().getPrivate()), "ca.crt",
				this.authority.bundle().getRootCertificatePEM());
	}

	private Path mount(String key) {
		return this.files.resolve("mount").resolve(key);
	}

	private Tls identity(Path chain, Path key) throws IOException {
		return new Tls(this.authority.trusting().certificateAuthority(), chain, key, false);
	}

	private CertificateBuilder forLocalhost(CertificateBuilder builder) {
		return builder.addSanDnsName("localhost");
	}

	private static NettyTransport transport(LoopbackUpstream upstream, Tls tls) {
		return new NettyTransport(Set.of(upstream.origin("localhost")), Settings.tls(tls),
				LoopbackUpstream.network(DefaultAddressResolverGroup.INSTANCE));
	}

	private static void awaitAnswer(NettyTransport transport, LoopbackUpstream upstream, String wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(() -> assertThat(answer(transport, upstream)).contains(wanted));
	}

	private static void staysFor(Duration time, NettyTransport transport, LoopbackUpstream upstream, String wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.during(time)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> answer(transport, upstream).equals(wanted));
	}

	/** What the upstream says, or what is wrong. */
	private static String answer(NettyTransport transport, LoopbackUpstream upstream) {
		return LoopbackUpstream.await(transport.send(request(upstream, "/v2/"))
			.flatMap((answer) -> answer.bytes(4096))
			.map(CertificateReloadTests::text)
			.onErrorResume(UpstreamUnreachable.class, (failure) -> Mono.just(String.valueOf(failure.getMessage()))));
	}

	private static OutboundRequest request(LoopbackUpstream upstream, String path) {
		return LoopbackUpstream.request(HttpMethod.GET, upstream.origin("localhost").resolve(path));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
