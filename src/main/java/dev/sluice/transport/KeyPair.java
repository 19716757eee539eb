package dev.sluice.transport;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/**
 * Whether a private key is the one of a certificate: a handshake would fail otherwise,
 * and its error say neither which file is wrong nor that one is.
 */
public final class KeyPair {

	private KeyPair() {
	}

	/**
	 * Has the certificate prove what the key signs.
	 * @param own the private key
	 * @param certified the certificate's
	 * @return whether they belong together; of a kind of key that isn't in use with TLS,
	 * whether they are of the same kind
	 */
	public static boolean isOne(PrivateKey own, PublicKey certified) {
		String kind = own.getAlgorithm();
		return kind.equals(certified.getAlgorithm()) && switch (kind) {
			case "RSA" -> proves("SHA256withRSA", own, certified);
			case "EC" -> proves("SHA256withECDSA", own, certified);
			default -> true;
		};
	}

	private static boolean proves(String algorithm, PrivateKey own, PublicKey certified) {
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(own);
			byte[] signed = signature.sign();
			signature.initVerify(certified);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
