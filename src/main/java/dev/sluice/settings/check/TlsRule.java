package dev.sluice.settings.check;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import java.util.Set;

import dev.sluice.settings.InvalidSettingException;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/**
 * Tries what a server of Sluice's is to speak TLS with, before it starts: its own error
 * would name no setting.
 */
public final class TlsRule {

	private static final int DEEPEST = 20;

	private TlsRule() {
	}

	/**
	 * Tries it.
	 * @param property the server's property, {@code server.ssl}
	 * @param ssl its settings, or null for none
	 * @param bundles what is configured to be used by name
	 * @throws InvalidSettingException if no connection could be made with them
	 */
	public static void check(String property, @Nullable Ssl ssl, SslBundles bundles) {
		if (ssl == null || !Ssl.isEnabled(ssl)) {
			return;
		}
		boolean named = ssl.getBundle() != null && !ssl.getBundle().isBlank();
		if (named && !bundles.getBundleNames().contains(ssl.getBundle())) {
			throw new InvalidSettingException(property + ".bundle", ssl.getBundle(),
					"spring.ssl.bundle has none of this name");
		}
		if (!named) {
			requireWhole(property, ssl);
		}
		requireUsable(property, ssl, bundles);
	}

	/**
	 * Tries what is configured to be used by name, whether it is or not: Spring Boot
	 * reads all of it for its meters.
	 * @param bundles the bundles
	 * @throws InvalidSettingException naming the first that can't be read
	 */
	public static void check(SslBundles bundles) {
		bundles.getBundleNames().forEach((name) -> {
			try {
				SslStoreBundle stores = bundles.getBundle(name).getStores();
				stores.getKeyStore();
				stores.getTrustStore();
			}
			catch (RuntimeException ex) {
				throw new InvalidSettingException("spring.ssl.bundle: '" + name + "' can't be used: " + words(ex));
			}
		});
	}

	private static void requireWhole(String property, Ssl ssl) {
		boolean pem = ssl.getCertificate() != null && ssl.getCertificatePrivateKey() != null;
		if (!pem && ssl.getKeyStore() == null && ssl.getKeyStoreType() == null) {
			throw new InvalidSettingException(
					property + ": a certificate and its private key are needed: set " + property + ".certificate and "
							+ property + ".certificate-private-key, or " + property + ".bundle");
		}
	}

	private static void requireUsable(String property, Ssl ssl, SslBundles bundles) {
		try {
			SslBundle bundle = WebServerSslBundle.get(ssl, bundles);
			requireKey(property, bundle);
			requireProtocols(property, bundle);
			SslContextBuilder.forServer(bundle.getManagers().getKeyManagerFactory())
				.ciphers(SslOptions.asSet(bundle.getOptions().getCiphers()))
				.build();
		}
		catch (InvalidSettingException ex) {
			throw ex;
		}
		catch (RuntimeException | IOException | GeneralSecurityException ex) {
			throw new InvalidSettingException(unusable(property, ssl, ex));
		}
	}

	/** Of a key store's own settings, the one to mend; never what a password was. */
	private static String unusable(String property, Ssl ssl, Exception failure) {
		String file = ssl.getKeyStore();
		if (ssl.getBundle() != null || ssl.getCertificate() != null || file == null) {
			return property + " can't be used: " + words(failure);
		}
		String store = property + ".key-store = '" + TlsFileRule.shown(file) + "'";
		if (!KeyPairs.isLocked(failure)) {
			return store + " can't be used: " + words(failure);
		}
		return (ssl.getKeyStorePassword() != null)
				? store + " can't be opened: " + property + ".key-store-password, or key-password, is another"
				: property + ".key-store-password is missing: " + store + " can't be opened without it; where it is"
						+ " the empty one, set it to nothing";
	}

	private static void requireKey(String property, SslBundle bundle) throws GeneralSecurityException {
		KeyStore store = bundle.getStores().getKeyStore();
		KeyPairs pairs = (store != null) ? new KeyPairs(store, bundle.getKey().getAlias()) : null;
		if (pairs == null || !pairs.areThere()) {
			throw new InvalidSettingException(property + ": there is no private key beside the certificate: set "
					+ property + ".certificate-private-key, or name a key store that has one");
		}
		String password = Objects.requireNonNullElseGet(bundle.getKey().getPassword(),
				() -> Objects.requireNonNullElse(bundle.getStores().getKeyStorePassword(), ""));
		if (!pairs.match(password.toCharArray())) {
			throw new InvalidSettingException(
					property + ": the private key isn't that of the certificate: name the one it was issued for");
		}
	}

	private static void requireProtocols(String property, SslBundle bundle) {
		Set<String> supported = Set.of(bundle.createSslContext().getSupportedSSLParameters().getProtocols());
		String[] wanted = Objects.requireNonNullElse(bundle.getOptions().getEnabledProtocols(), new String[0]);
		for (String protocol : wanted) {
			if (!supported.contains(protocol)) {
				throw new InvalidSettingException(property + ".enabled-protocols", protocol,
						"expected TLSv1.3 or TLSv1.2");
			}
		}
	}

	/**
	 * The innermost cause's, but for a file's name, which may be a key that lost its end.
	 */
	static String words(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
			cause = cause.getCause();
		}
		if (cause instanceof FileNotFoundException || cause instanceof FileSystemException
				|| cause instanceof InvalidPathException) {
			return "there is no such file, or a text in PEM lacks its END line";
		}
		if (cause instanceof IOException) {
			return "the file is no key store, or of another type than is expected";
		}
		return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
	}

}
