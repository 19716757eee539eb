package dev.sluice.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.netty.handler.ssl.SslContextBuilder;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A client certificate with its key, from PEM files: the key as PKCS#8, PKCS#1 (which
 * cert-manager writes unless told otherwise) or SEC 1. Immutable.
 *
 * @param chain the certificate, and those between it and its authority
 * @param key its key
 */
record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {

	private static final String FORM = " (PEM is expected, the key unencrypted)";

	ClientIdentity {
		chain = List.copyOf(chain);
	}

	/**
	 * Reads the files.
	 * @param chain the certificate's file
	 * @param key its key's
	 * @return the identity
	 * @throws IllegalArgumentException naming the property and the file, if one isn't
	 * what it should be, or the key is another certificate's
	 */
	static ClientIdentity read(Path chain, Path key) {
		ClientIdentity identity = new ClientIdentity(read("certificate", chain, PemContent::getCertificates),
				read("key", key, (content) -> Objects.requireNonNull(content.getPrivateKey())));
		if (!KeyPair.isOne(identity.key, identity.chain.getFirst().getPublicKey())) {
			throw new IllegalArgumentException(
					PemFiles.PROPERTY + "key: " + key + " isn't the key of the certificate in " + chain);
		}
		return identity;
	}

	void showIn(SslContextBuilder context) {
		context.keyManager(this.key, this.chain);
	}

	private static <T> T read(String property, Path file, Function<PemContent, T> part) {
		PemFiles.requireReadable(property, file);
		try {
			return part.apply(PemContent.load(file));
		}
		catch (IOException | IllegalStateException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					PemFiles.PROPERTY + property + ": " + file + " can't be used: " + ex.getMessage() + FORM, ex);
		}
	}

	/** Leaves the key out. */
	@Override
	public String toString() {
		return "ClientIdentity[" + this.chain.getFirst().getSubjectX500Principal() + "]";
	}

}
