package dev.sluice.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.oci.UpstreamException.ForbiddenAddress;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a connection may go, by who named the host. Names get public, private, loopback
 * and link-local addresses from an injected resolver; nothing outside loopback is
 * dialled.
 */
class AddressGuardTests {

	private static final Map<String, List<String>> NAMES = Map.of("public.example", List.of("93.184.216.34"),
			"private.example", List.of("10.1.2.3"), "loopback.example", List.of("127.0.0.1"), "link.example",
			List.of("169.254.169.254"), "six.example", List.of("64:ff9b::7f00:1"), "mixed.example",
			List.of("10.1.2.3", "93.184.216.34", "169.254.169.254"), "near.example", List.of("10.1.2.3", "127.0.0.1"));

	@ParameterizedTest
	@CsvSource({ "PUBLIC, private.example, private", "PUBLIC, loopback.example, loopback",
			"PUBLIC, link.example, metadata", "PUBLIC, six.example, loopback", "PUBLIC, near.example, private",
			"PRIVATE, loopback.example, loopback", "PRIVATE, link.example, metadata", "PRIVATE, six.example, loopback",
			"LOOPBACK, link.example, metadata", "PUBLIC, 127.0.0.1, loopback", "PUBLIC, [::1], loopback",
			"PUBLIC, [::ffff:127.0.0.1], loopback", "PUBLIC, 10.0.0.1, private", "LOOPBACK, 169.254.169.254, metadata",
			"LOOPBACK, [fe80::1], metadata", "PRIVATE, localhost, loopback" })
	void refusesANearerHostThanTheOneThatNamedIt(Reach from, String host, String kind) throws IOException {
		try (RawUpstream bystander = new RawUpstream((self, socket) -> self.awaitClose(socket));
				NettyTransport transport = transport(new Origin("http", "own.example", 80), Settings.allowing())) {
			Origin target = new Origin("http", host, bystander.origin().port());
			assertThatExceptionOfType(ForbiddenAddress.class).isThrownBy(() -> sendTo(transport, target, from).block())
				.withMessageContaining("a " + (kind.equals("metadata") ? "link-local, metadata" : kind))
				.withMessageContaining("sluice.upstreams[].allow-hosts");
			assertThat(bystander.connections).as("dialled").hasValue(0);
		}
	}

	@Test
	void letsALoopbackUpstreamNameLoopback() {
		try (LoopbackUpstream upstream = answering();
				LoopbackUpstream other = answering();
				NettyTransport transport = transport(upstream.origin(), Settings.allowing())) {
			assertThat(status(sendTo(transport, other.origin("loopback.example"), Reach.LOOPBACK))).isEqualTo(200);
		}
	}

	@Test
	void letsAnyoneNameAnAllowedHost() {
		try (LoopbackUpstream upstream = answering();
				LoopbackUpstream other = answering();
				NettyTransport transport = transport(upstream.origin(),
						Settings.allowing("loopback.example", "127.0.0.1"))) {
			assertThat(status(sendTo(transport, other.origin("loopback.example"), Reach.PUBLIC))).isEqualTo(200);
			assertThat(status(sendTo(transport, other.origin("127.0.0.1"), Reach.PUBLIC))).isEqualTo(200);
		}
	}

	@Test
	void neverUsesAConnectionMadeUnderALooserRule() {
		try (LoopbackUpstream upstream = answering();
				LoopbackUpstream other = answering();
				NettyTransport transport = transport(upstream.origin(), Settings.allowing())) {
			Origin target = other.origin("loopback.example");
			assertThat(status(sendTo(transport, target, Reach.LOOPBACK))).isEqualTo(200);
			assertThatExceptionOfType(ForbiddenAddress.class)
				.isThrownBy(() -> sendTo(transport, target, Reach.PUBLIC).block());
		}
	}

	@Test
	void refusesToLeaveHttpsForHttp() {
		Origin secure = new Origin("https", "registry.example", 443);
		try (NettyTransport transport = transport(secure, Settings.allowing("loopback.example"))) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET,
					new Origin("http", "loopback.example", 1).resolve("/?secret=1"));
			assertThatExceptionOfType(ForbiddenAddress.class)
				.isThrownBy(() -> transport.sendTo(request, new Transport.Referrer(secure, Reach.PUBLIC)).block())
				.withMessage("https://registry.example names http://loopback.example:1: https is never left for http");
		}
	}

	@Test
	void refusesItsOwnEndpointOnlyWhereNoEndpointIsRight() {
		Origin metadata = new Origin("http", "link.example", 80);
		try (NettyTransport transport = transport(metadata, Settings.allowing())) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, metadata.resolve("/latest"));
			assertThatExceptionOfType(ForbiddenAddress.class).isThrownBy(() -> transport.send(request).block());
		}
	}

	@Test
	void saysThatANameDoesNotResolve() {
		Origin unknown = new Origin("http", "unknown.example", 80);
		try (NettyTransport transport = transport(unknown, Settings.allowing())) {
			OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, unknown.resolve("/v2/"));
			assertThatExceptionOfType(UpstreamUnreachable.class).isThrownBy(() -> transport.send(request).block())
				.withMessage("http://unknown.example: the name doesn't resolve");
		}
	}

	@ParameterizedTest
	@CsvSource({ "OWN_ENDPOINT, mixed.example, 10.1.2.3 93.184.216.34", "OWN_ENDPOINT, loopback.example, 127.0.0.1",
			"NAMED_BY_PUBLIC, mixed.example, 93.184.216.34", "NAMED_BY_PUBLIC, public.example, 93.184.216.34",
			"NAMED_BY_PRIVATE, mixed.example, 10.1.2.3 93.184.216.34", "NAMED_BY_PRIVATE, near.example, 10.1.2.3",
			"NAMED_BY_LOOPBACK, near.example, 10.1.2.3 127.0.0.1" })
	void keepsTheAdmittedAddressesOfAName(Admission admission, String host, String kept) {
		try (AddressGuard guard = new AddressGuard(new TestNames(), admission, Set.of(), List.of())) {
			List<InetSocketAddress> addresses = guard.getResolver(ImmediateEventExecutor.INSTANCE)
				.resolveAll(InetSocketAddress.createUnresolved(host, 443))
				.getNow();
			assertThat(addresses).extracting((address) -> address.getAddress().getHostAddress())
				.containsExactly(kept.split(" "));
		}
	}

	/**
	 * Some VPNs resolve every public name into 198.18.0.0/15, some networks NAT64 into a
	 * prefix of their own.
	 */
	@ParameterizedTest
	@CsvSource({ "198.18.0.0/15, 198.18.3.4", "64:ff9b:1::/48, 64:ff9b:1::808:808", "10.1.0.0/16, 10.1.2.3" })
	void letsAnyoneNameWhatLiesInAnAllowedNetwork(String network, String address) {
		InetAddress there = AddressLiteral.parse(address).orElseThrow();
		List<InetSocketAddress> found = List.of(new InetSocketAddress(there, 443));
		try (AddressGuard closed = guard(List.of()); AddressGuard open = guard(List.of(Cidr.of(network)))) {
			assertThatExceptionOfType(ForbiddenAddress.class).isThrownBy(() -> closed.admitted("cdn.example", found))
				.withMessageContaining("allow-networks");
			assertThat(open.admitted("cdn.example", found)).isEqualTo(found);
			assertThatExceptionOfType(ForbiddenAddress.class)
				.isThrownBy(() -> open.admitted("cdn.example", List.of(new InetSocketAddress("127.0.0.1", 443))));
		}
	}

	@Test
	void whoAnswersFromAnAllowedNetworkMayNameNothingNearer() {
		try (AddressGuard guard = guard(List.of(Cidr.of("198.18.0.0/15"), Cidr.of("10.1.0.0/16")))) {
			assertThat(guard.reach(AddressLiteral.parse("198.18.3.4").orElseThrow())).isEqualTo(Reach.PUBLIC);
			assertThat(guard.reach(AddressLiteral.parse("10.1.2.3").orElseThrow())).isEqualTo(Reach.PRIVATE);
		}
	}

	private static AddressGuard guard(List<Cidr> networks) {
		return new AddressGuard(new TestNames(), Admission.NAMED_BY_PUBLIC, Set.of(), networks);
	}

	private static NettyTransport transport(Origin own, TransportSettings settings) {
		return new NettyTransport(Set.of(own), settings, LoopbackUpstream.network(new TestNames()));
	}

	private static Mono<Answer> sendTo(NettyTransport transport, Origin target, Reach from) {
		Origin referrer = new Origin("http", "referrer.example", 80);
		return transport.sendTo(LoopbackUpstream.request(HttpMethod.GET, target.resolve("/")),
				new Transport.Referrer(referrer, from));
	}

	private static int status(Mono<Answer> answer) {
		return LoopbackUpstream.await(answer.doOnNext(Answer::release).map(Answer::status));
	}

	private static LoopbackUpstream answering() {
		return new LoopbackUpstream(
				(routes) -> routes.get("/", (request, response) -> response.sendString(Mono.just("ok"))));
	}

	/** Knows the names of this test, and localhost. */
	private static final class TestNames extends AddressResolverGroup<InetSocketAddress> {

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {

				@Override
				protected void doResolve(String name, Promise<InetAddress> promise) throws Exception {
					promise.setSuccess(addresses(name).getFirst());
				}

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) throws Exception {
					promise.setSuccess(addresses(name));
				}

			});
		}

		private static List<InetAddress> addresses(String name) throws UnknownHostException {
			if (!NAMES.containsKey(name) && !name.equals("localhost")) {
				throw new UnknownHostException(name);
			}
			return NAMES.getOrDefault(name, List.of("127.0.0.1"))
				.stream()
				.map((text) -> AddressLiteral.parse(text).orElseThrow())
				.toList();
		}

	}

}
