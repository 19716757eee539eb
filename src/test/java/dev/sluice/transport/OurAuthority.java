package dev.sluice.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLPeerUnverifiedException;

import dev.sluice.transport.TransportSettings.Tls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A certificate authority of a test's own, and upstreams that it vouches for.
 *
 * @param bundle its certificate and key
 * @param files where PEM files are written
 */
record OurAuthority(X509Bundle bundle, Path files) {

	static OurAuthority in(Path files) throws Exception {
		return new OurAuthority(
				new CertificateBuilder().subject("CN=Our CA").setIsCertificateAuthority(true).buildSelfSigned(), files);
	}

	/** Trusts it beside the system's. */
	Tls trusting() throws IOException {
		return new Tls(pem("ca.pem", this.bundle.getRootCertificatePEM()), null, null, false);
	}

	/** Writes a PEM file. */
	Path pem(String name, String text) throws IOException {
		return Files.writeString(this.files.resolve(name), text);
	}

	/** Signs a client's certificate. */
	X509Bundle client(String name) throws Exception {
		return new CertificateBuilder().rsa2048().subject(name).buildIssuedBy(this.bundle);
	}

	/** An upstream with a certificate of it, which tells its callers' names. */
	LoopbackUpstream upstream(UnaryOperator<CertificateBuilder> certificate) throws Exception {
		return upstream(certificate, Mono.empty());
	}

	/** The same; below {@code /slow} the answer goes on with this. */
	LoopbackUpstream upstream(UnaryOperator<CertificateBuilder> certificate, Mono<String> rest) throws Exception {
		X509Bundle bundle = certificate.apply(new CertificateBuilder().subject("CN=registry"))
			.buildIssuedBy(this.bundle);
		SslContextBuilder tls = SslContextBuilder
			.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
			.trustManager(this.bundle.getCertificate())
			.clientAuth(ClientAuth.OPTIONAL);
		var context = tls.build();
		return new LoopbackUpstream("https",
				(server) -> server.secure((spec) -> spec.sslContext(context))
					.handle((request, response) -> response.sendString(Mono.fromSupplier(() -> caller(request))
						.concatWith(request.uri().startsWith("/slow") ? rest : Mono.empty()))));
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

}
