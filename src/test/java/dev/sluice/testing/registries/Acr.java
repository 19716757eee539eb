package dev.sluice.testing.registries;

import java.util.Map;
import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * Azure's registry: its token comes as {@code access_token} alone, a JWT without
 * {@code expires_in}; a posted password is a 400, a posted refresh token is what
 * {@code az acr login} lives on; {@code tags/list} wants {@code metadata_read}; Azure's
 * store refuses a stray Authorization in words of its own. Pulls as nobody are a setting
 * of the registry (B).
 */
final class Acr implements TokenPersonality {

	private static final String NULL_GUID = "00000000-0000-0000-0000-000000000000";

	@Override
	public String name() {
		return "ACR";
	}

	@Override
	public String host() {
		return "acme.azurecr.io";
	}

	@Override
	public String service() {
		return "acme.azurecr.io";
	}

	@Override
	public String realmPath() {
		return "/oauth2/token";
	}

	@Override
	public boolean takesLogins() {
		return true;
	}

	@Override
	public String scope(String repository, boolean tags) {
		return "repository:" + repository + ":" + (tags ? "metadata_read" : "pull");
	}

	@Override
	public Offer offer(Form form) {
		return switch (form) {
			case LOGIN -> Offer.kept("acme", "access-key-s3cret");
			case IDENTITY_TOKEN -> Offer.kept(NULL_GUID, "eyJhbGciOiJ.refresh.s3cret");
			case REGISTRY_TOKEN -> Offer.kept("", "eyJhbGciOiJ.access.s3cret");
		};
	}

	@Override
	public String helper() {
		return "acr-env";
	}

	@Override
	public Form helperForm() {
		return Form.IDENTITY_TOKEN;
	}

	@Override
	public int postStatus() {
		return 0;
	}

	@Override
	public String words(Condition condition) {
		return "aka.ms/acr/authorization";
	}

	@Override
	public Answer badLogin(Standing standing) {
		return Answer.error(401, "UNAUTHORIZED",
				"authentication required, visit https://aka.ms/acr/authorization for more information.");
	}

	@Override
	public boolean issuesJwts() {
		return true;
	}

	@Override
	public Map<String, Object> body(String token) {
		return Map.of("access_token", token);
	}

	@Override
	public Optional<Redirect> blobRedirect() {
		return Optional.of(new Redirect(307, BlobHost.Store.AZURE));
	}

}
