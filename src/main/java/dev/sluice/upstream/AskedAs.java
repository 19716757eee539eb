package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;

/**
 * As whom an upstream is asked, for those who must know the same one again and nothing
 * more. Immutable; shows no secret.
 */
public final class AskedAs {

	/** As nobody: what it gets, everybody may have. */
	public static final AskedAs NOBODY = new AskedAs(Login.ANONYMOUS);

	private static final String NOBODYS = "nobody";

	private static final String MAC = "HmacSHA256";

	private final Login login;

	private AskedAs(Login login) {
		this.login = login;
	}

	static AskedAs of(Login login) {
		return (login.isAnonymous() && login.headers().isEmpty()) ? NOBODY : new AskedAs(login);
	}

	/** As whom a request for a login may be answered: it may not be shown at all. */
	static List<AskedAs> ways(Login login) {
		return List.of(of(login), of(login.unshown()));
	}

	/**
	 * Whether it is nobody.
	 * @return whether no credential is shown
	 */
	public boolean isNobody() {
		return this.login.isAnonymous() && this.login.headers().isEmpty();
	}

	/**
	 * Whether a fingerprint is nobody's.
	 * @param fingerprint as of {@link #fingerprint}
	 * @return whether it is
	 */
	public static boolean isNobodys(String fingerprint) {
		return fingerprint.equals(NOBODYS);
	}

	/**
	 * By which the same one is known again, also after a restart. A cloud's identity
	 * stays the same when it gets its next token.
	 * @param key without which nobody can tell whose it is
	 * @return lower-case letters and digits
	 */
	public String fingerprint(byte[] key) {
		if (isNobody()) {
			return NOBODYS;
		}
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(key, MAC));
			feed(mac, this.login.lasting() ? this.login.source() : words(this.login.credential()));
			new TreeMap<>(this.login.headers()).forEach((name, value) -> {
				feed(mac, name);
				feed(mac, value);
			});
			return HexFormat.of().formatHex(mac.doFinal());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Each with its end, so that no two run into one. */
	private static void feed(Mac mac, String word) {
		mac.update(word.getBytes(StandardCharsets.UTF_8));
		mac.update((byte) 0);
	}

	private static String words(Credential credential) {
		return switch (credential) {
			case Credential.Basic(var username, var password) -> "basic\0" + username + "\0" + password.reveal();
			case Credential.IdentityToken(var username, var token) -> "identity\0" + username + "\0" + token.reveal();
			case Credential.RegistryToken(var token) -> "registry\0" + token.reveal();
			case Credential.Anonymous() -> "";
		};
	}

	@Override
	public String toString() {
		return "AskedAs[" + this.login.source() + "]";
	}

}
