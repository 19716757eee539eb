package dev.sluice.transport;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/** The forms in which tools write a key as PEM. */
enum KeyForm {

	/** Today's. */
	PKCS8("PRIVATE KEY"),

	/** RSA alone: cert-manager's, unless told otherwise. */
	PKCS1("RSA PRIVATE KEY"),

	/** Elliptic curves alone: {@code openssl ecparam -genkey}'s. */
	SEC1("EC PRIVATE KEY");

	/** What PKCS#8 puts before an RSA key of 2048 bits. */
	private static final int WRAPPING = 26;

	private final String label;

	KeyForm(String label) {
		this.label = label;
	}

	/** A certificate with a key that has this form. */
	X509Bundle client(CertificateBuilder builder, X509Bundle authority) throws Exception {
		return ((this == SEC1) ? builder.ecp256() : builder.rsa2048()).buildIssuedBy(authority);
	}

	/** What only a password would open. */
	static String encrypted() {
		return text("ENCRYPTED PRIVATE KEY", new byte[64]);
	}

	String pem(PrivateKey key) {
		return switch (this) {
			case PKCS8 -> text(this.label, key.getEncoded());
			case PKCS1 -> text(this.label, Arrays.copyOfRange(key.getEncoded(), WRAPPING, key.getEncoded().length));
			case SEC1 -> text(this.label, sec1((ECPrivateKey) key));
		};
	}

	/** RFC 5915, for P-256. */
	private static byte[] sec1(ECPrivateKey key) {
		ByteArrayOutputStream der = new ByteArrayOutputStream();
		der.writeBytes(HexFormat.of().parseHex("30310201010420"));
		der.writeBytes(thirtyTwoBytes(key.getS()));
		der.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
		return der.toByteArray();
	}

	private static byte[] thirtyTwoBytes(BigInteger number) {
		byte[] bytes = number.toByteArray();
		byte[] padded = new byte[32];
		int length = Math.min(bytes.length, padded.length);
		System.arraycopy(bytes, bytes.length - length, padded, padded.length - length, length);
		return padded;
	}

	private static String text(String label, byte[] der) {
		return "-----BEGIN " + label + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
				+ "\n-----END " + label + "-----\n";
	}

}
