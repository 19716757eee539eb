package dev.sluice.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Trust from PEM files. Every error is an {@link IllegalArgumentException} that names the
 * property and the file.
 */
final class PemFiles {

	static final String PROPERTY = "sluice.upstreams[].tls.";

	private PemFiles() {
	}

	/**
	 * Trust in the system's roots and those of a file.
	 * @param authority the file, or null for the system's roots alone
	 * @return the trust
	 */
	static TrustManagerFactory trust(@Nullable Path authority) {
		try {
			TrustManagerFactory system = factory(null);
			return (authority == null) ? system : factory(store(roots(system), certificates(authority)));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalArgumentException(PROPERTY + "certificate-authority: " + ex.getMessage(), ex);
		}
	}

	private static List<Certificate> certificates(Path file) {
		requireReadable("certificate-authority", file);
		try (InputStream in = Files.newInputStream(file)) {
			List<Certificate> found = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
			if (!found.isEmpty()) {
				return found;
			}
			throw new IllegalArgumentException(PROPERTY + "certificate-authority: no certificate in " + file);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalArgumentException(
					PROPERTY + "certificate-authority: no PEM certificates that can be read in " + file, ex);
		}
	}

	static void requireReadable(String property, Path file) {
		if (!Files.isReadable(file) || Files.isDirectory(file)) {
			throw new IllegalArgumentException(PROPERTY + property + ": no readable file " + file);
		}
	}

	private static List<X509Certificate> roots(TrustManagerFactory system) {
		return Stream.of(system.getTrustManagers())
			.filter(X509TrustManager.class::isInstance)
			.flatMap((manager) -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
			.toList();
	}

	private static KeyStore store(List<? extends Certificate> roots, List<Certificate> own)
			throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		List<Certificate> all = new ArrayList<>(roots);
		all.addAll(own);
		for (int i = 0; i < all.size(); i++) {
			store.setCertificateEntry("root-" + i, all.get(i));
		}
		return store;
	}

	private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory;
	}

}
