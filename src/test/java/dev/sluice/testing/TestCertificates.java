package dev.sluice.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority made on the spot, and what it issued: a certificate for servers
 * on loopback and one for clients. PEM files go to the directory given. Immutable.
 */
public final class TestCertificates {

	private final Path directory;

	private final X509Bundle authority;

	private final X509Bundle server;

	private final X509Bundle client;

	private TestCertificates(Path directory, X509Bundle authority, X509Bundle server, X509Bundle client) {
		this.directory = directory;
		this.authority = authority;
		this.server = server;
		this.client = client;
	}

	/**
	 * Makes them.
	 * @param directory an existing directory for the PEM files
	 * @param moreNames DNS names for the server besides {@code localhost}
	 */
	public static TestCertificates in(Path directory, String... moreNames) {
		try {
			X509Bundle authority = new CertificateBuilder().ecp256()
				.subject("CN=Test CA")
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
			CertificateBuilder server = new CertificateBuilder().ecp256()
				.subject("CN=localhost")
				.addSanDnsName("localhost")
				.addSanIpAddress("127.0.0.1")
				.addExtendedKeyUsageServerAuth();
			for (String name : moreNames) {
				server = server.addSanDnsName(name);
			}
			X509Bundle client = new CertificateBuilder().ecp256()
				.subject("CN=test client")
				.addExtendedKeyUsageClientAuth()
				.buildIssuedBy(authority);
			return new TestCertificates(directory, authority, server.buildIssuedBy(authority), client);
		}
		catch (Exception ex) {
			throw new IllegalStateException("cannot make certificates", ex);
		}
	}

	/** PEM file of the authority's certificate. */
	public Path authorityFile() {
		return write("ca.pem", this.authority.getCertificatePEM());
	}

	/** PEM file of the client's certificate. */
	public Path clientCertificateFile() {
		return write("client.pem", this.client.getCertificatePEM());
	}

	/** PEM file (PKCS#8) of the client's key. */
	public Path clientKeyFile() {
		return write("client-key.pem", this.client.getPrivateKeyPEM());
	}

	/** PEM file of the server's certificate. */
	public Path serverCertificateFile() {
		return write("server.pem", this.server.getCertificatePEM());
	}

	/** PEM file (PKCS#8) of the server's key. */
	public Path serverKeyFile() {
		return write("server-key.pem", this.server.getPrivateKeyPEM());
	}

	/**
	 * A key store's file.
	 * @param type its format
	 * @param password of the store and its keys, or null for none
	 * @param aliases of its entries, each with the server's certificate; the key of
	 * {@code odd} is another's
	 */
	public Path keyStore(String type, @Nullable String password, String... aliases) {
		char[] secret = (password != null) ? password.toCharArray() : null;
		Path file = this.directory.resolve("store." + type.toLowerCase(Locale.ROOT));
		try (OutputStream out = Files.newOutputStream(file)) {
			KeyStore store = KeyStore.getInstance(type);
			store.load(null, null);
			for (String name : aliases) {
				X509Bundle key = name.equals("odd") ? this.client : this.server;
				store.setKeyEntry(name, key.getKeyPair().getPrivate(), secret, this.server.getCertificatePath());
			}
			store.store(out, secret);
			return file;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("cannot make a key store", ex);
		}
	}

	/** For a {@link Listener}: TLS with the server's certificate. */
	public SslContext server() {
		return server(ClientAuth.NONE);
	}

	/** For a {@link Listener}: TLS that requires a certificate of this authority. */
	public SslContext serverRequiringClientCertificate() {
		return server(ClientAuth.REQUIRE);
	}

	private SslContext server(ClientAuth clientAuth) {
		try {
			return SslContextBuilder.forServer(this.server.toKeyManagerFactory())
				.trustManager(this.authority.getCertificate())
				.clientAuth(clientAuth)
				.build();
		}
		catch (Exception ex) {
			throw new IllegalStateException("cannot set up TLS", ex);
		}
	}

	/** For {@code java.net.http}: trusts the authority, shows no certificate. */
	public SSLContext trusting() {
		return client(false);
	}

	/**
	 * For {@code java.net.http}: trusts the authority, shows the client's certificate.
	 */
	public SSLContext trustingWithClientCertificate() {
		return client(true);
	}

	private SSLContext client(boolean withCertificate) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(withCertificate ? this.client.toKeyManagerFactory().getKeyManagers() : null,
					this.authority.toTrustManagerFactory().getTrustManagers(), null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException("cannot set up TLS", ex);
		}
	}

	private Path write(String name, String pem) {
		try {
			return Files.writeString(this.directory.resolve(name), pem);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
