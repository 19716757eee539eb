package dev.sluice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * A Google service account's key file, made for one test. Immutable.
 *
 * @param file the file
 * @param publicKey what its signatures are verified with
 */
public record ServiceAccountKey(Path file, PublicKey publicKey) {

	/** The account that the key is for. */
	public static final String EMAIL = "puller@acme.iam.gserviceaccount.com";

	/**
	 * Makes a key and writes its file.
	 * @param directory where
	 * @param tokenUri where tokens are asked for with it
	 * @return the key
	 */
	public static ServiceAccountKey write(Path directory, String tokenUri)
			throws GeneralSecurityException, IOException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		KeyPair pair = generator.generateKeyPair();
		String pem = "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(pair.getPrivate().getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
		Path file = directory.resolve("key.json");
		Files.writeString(file,
				JsonMapper.shared()
					.writeValueAsString(Map.of("type", "service_account", "project_id", "acme", "private_key_id",
							"key-1", "private_key", pem, "client_email", EMAIL, "client_id", "1234", "token_uri",
							tokenUri)));
		return new ServiceAccountKey(file, pair.getPublic());
	}

}
