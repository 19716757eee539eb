package dev.sluice.credential.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a secret that can hold logins, as they were found. For one use: nothing
 * keeps it. Immutable; printing one shows no content.
 *
 * @param source the secret in words, for logs and errors
 * @param name the last part of its name
 * @param data what is in it; the arrays aren't to be changed
 */
record SecretContent(String source, String name, Map<String, byte[]> data) {

	/** {@code kubernetes.io/dockerconfigjson}. */
	static final String DOCKER_CONFIG = ".dockerconfigjson";

	/** {@code kubernetes.io/dockercfg}. */
	static final String LEGACY_DOCKER_CONFIG = ".dockercfg";

	/** {@code kubernetes.io/basic-auth}. */
	static final String USERNAME = "username";

	static final String PASSWORD = "password";

	/** A password or bearer token, in a secret of any type. */
	static final String TOKEN = "token";

	/** The registry that a user name, password or token is for. */
	static final String REGISTRY = "registry";

	/** All keys that count. */
	static final List<String> KEYS = List.of(DOCKER_CONFIG, LEGACY_DOCKER_CONFIG, USERNAME, PASSWORD, TOKEN, REGISTRY);

	SecretContent {
		data = Map.copyOf(data);
	}

	byte @Nullable [] get(String key) {
		return this.data.get(key);
	}

	/**
	 * Tells one content from another without keeping either.
	 * @return a digest of all keys and values
	 */
	String fingerprint() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new TreeMap<>(this.data).forEach((key, value) -> {
				digest.update((key + ":" + value.length + ":").getBytes(StandardCharsets.UTF_8));
				digest.update(value);
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return this.source + this.data.keySet();
	}

}
