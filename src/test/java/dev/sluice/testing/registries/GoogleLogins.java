package dev.sluice.testing.registries;

import java.util.Set;

/**
 * The user names under which Google's registries take a secret: a service account's key
 * as a password with line ends, quotes and colons, plain or in base64 (T), and an access
 * token under the names of several tools.
 */
final class GoogleLogins {

	/** A key as it is downloaded. */
	static final Offer.Kept KEY = new Offer.Kept("_json_key", key("right"), key("wrong"), key("expired"));

	private static final Set<String> TOKEN_NAMES = Set.of("oauth2accesstoken", "_token", "_dcgcloud_token",
			"_dcgcr_1_5_0_token");

	private static final Offer.Kept ACCESS_TOKEN = Offer.kept("", "ya29.s3cret");

	private GoogleLogins() {
	}

	/** An access token under a tool's own user name. */
	static Offer.Kept accessToken(String username) {
		return new Offer.Kept(username, ACCESS_TOKEN.right(), ACCESS_TOKEN.wrong(), ACCESS_TOKEN.expired());
	}

	/** What is read as JSON may end with any lines. */
	static Standing standing(String username, String secret) {
		if (username.equals("_json_key")) {
			return KEY.standing(secret.strip());
		}
		return TOKEN_NAMES.contains(username) ? ACCESS_TOKEN.standing(secret) : Standing.WRONG;
	}

	private static String key(String condition) {
		return """
				{
				  "type": "service_account",
				  "project_id": "acme-project",
				  "private_key_id": "%s",
				  "private_key": "-----BEGIN PRIVATE KEY-----\\ns3cret\\n-----END PRIVATE KEY-----\\n",
				  "client_email": "puller@acme-project.iam.gserviceaccount.com",
				  "token_uri": "https://oauth2.googleapis.com/token"
				}""".formatted(condition);
	}

}
