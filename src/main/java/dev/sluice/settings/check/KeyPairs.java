package dev.sluice.settings.check;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;

import dev.sluice.transport.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of a key store that a server may use. Not thread-safe, as the store
 * isn't.
 */
final class KeyPairs {

	private static final int DEEPEST = 20;

	private final KeyStore store;

	private final List<String> aliases;

	/**
	 * Takes them.
	 * @param store the store
	 * @param alias the only one that counts, or null for any
	 * @throws GeneralSecurityException if the store can't be looked through
	 */
	KeyPairs(KeyStore store, @Nullable String alias) throws GeneralSecurityException {
		this.store = store;
		this.aliases = (alias != null) ? List.of(alias) : Collections.list(store.aliases());
	}

	/**
	 * Whether there is any.
	 * @return whether one is a private key
	 */
	boolean areThere() throws GeneralSecurityException {
		for (String alias : this.aliases) {
			if (this.store.isKeyEntry(alias)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether any belongs to its certificate: which of several is used depends on the
	 * client.
	 * @param password what they are read with
	 * @return whether what one signs, its certificate proves
	 * @throws GeneralSecurityException if one can't be read, see {@link #isLocked}
	 */
	boolean match(char[] password) throws GeneralSecurityException {
		for (String alias : this.aliases) {
			if (this.store.isKeyEntry(alias) && isWhole(alias, this.store.getKey(alias, password))) {
				return true;
			}
		}
		return false;
	}

	/** Without its password a PKCS12 store seems to have no certificates. */
	private boolean isWhole(String alias, @Nullable Key key) throws GeneralSecurityException {
		Certificate certificate = this.store.getCertificate(alias);
		if (certificate == null) {
			throw new UnrecoverableKeyException("there is no certificate beside the private key");
		}
		return !(key instanceof PrivateKey own) || KeyPair.isOne(own, certificate.getPublicKey());
	}

	/**
	 * Why a key store can't be used.
	 * @param failure what came of reading it
	 * @return whether it was a password, missing or another
	 */
	static boolean isLocked(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
			if (cause instanceof UnrecoverableKeyException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
