package dev.sluice.settings.check;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Collections;

import dev.sluice.transport.KeyPair;

/**
 * Looks at the private keys of a key store.
 */
final class KeyPairs {

	private KeyPairs() {
	}

	/**
	 * Whether there is any.
	 * @param store the store
	 * @return whether it has a private key
	 */
	static boolean isIn(KeyStore store) throws GeneralSecurityException {
		for (String alias : Collections.list(store.aliases())) {
			if (store.isKeyEntry(alias)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether each belongs to its certificate.
	 * @param store the store
	 * @param password what its keys are read with
	 * @return whether what each signs, its certificate proves
	 */
	static boolean match(KeyStore store, char[] password) throws GeneralSecurityException {
		for (String alias : Collections.list(store.aliases())) {
			Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
			Certificate certificate = store.getCertificate(alias);
			if (key instanceof PrivateKey own && certificate != null
					&& !KeyPair.isOne(own, certificate.getPublicKey())) {
				return false;
			}
		}
		return true;
	}

}
