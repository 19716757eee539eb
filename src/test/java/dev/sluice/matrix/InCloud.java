package dev.sluice.matrix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * No stored credential: an access key of AWS, a managed identity of Azure and a machine's
 * service account at Google, for which the cloud issues the login. One that is refused is
 * fetched anew, as {@code AwsRegistryTests} and {@code AzureRegistryTests} show; so there
 * is nothing wrong or expired to keep.
 */
record InCloud() implements CredentialKind {

	@Override
	public String title() {
		return "cloud identity";
	}

	@Override
	public Form form(Personality personality) {
		return personality.name().equals("ACR") ? Form.IDENTITY_TOKEN : Form.LOGIN;
	}

	@Override
	public Offer offer(Personality personality) {
		return switch (personality.name()) {
			case "ECR", "ECR Public", "ACR" -> personality.offer(form(personality));
			case "Artifact Registry", "GCR" -> accessToken(personality.helperOffer());
			default -> Offer.none("it is no cloud's own registry");
		};
	}

	/** The token that Google's helpers give under names of their own. */
	private static Offer accessToken(Offer ofHelper) {
		return (ofHelper instanceof Offer.Kept kept)
				? new Offer.Kept("oauth2accesstoken", kept.right(), kept.wrong(), kept.expired()) : ofHelper;
	}

	@Override
	public List<Condition> conditions() {
		return List.of(Condition.RIGHT);
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		StandIn api = StandIn.start();
		entries.stream().filter((entry) -> entry.condition() == Condition.RIGHT).forEach((entry) -> issue(entry, api));
		String none = directory.resolve("none").toString();
		return new Setup(
				Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "very/secret",
						"AWS_EC2_METADATA_DISABLED", "true", "AZURE_POD_IDENTITY_AUTHORITY_HOST", api.url(),
						"AWS_CONFIG_FILE", none, "AWS_SHARED_CREDENTIALS_FILE", none, "GCE_METADATA_HOST",
						api.authority(), "CLOUDSDK_CONFIG", none),
				List.of("sluice.credentials.cloud.enabled=true", "sluice.credentials.cloud.acr.endpoint=" + api.url(),
						"sluice.credentials.cloud.ecr.endpoint=" + api.url() + "/",
						"sluice.credentials.cloud.ecr-public.endpoint=" + api.url() + "/"),
				List.of(api));
	}

	private static void issue(Entry entry, StandIn api) {
		if (entry.form() == Form.IDENTITY_TOKEN) {
			api.answer(Matching.path("/metadata/identity/oauth2/token"), Json.of(Map.of("access_token", "entra")))
				.answer(Matching.path("/oauth2/exchange"), Json.of(Map.of("refresh_token", entry.secret())));
		}
		else if (entry.username().equals("oauth2accesstoken")) {
			api.answer(Matching.path("/computeMetadata/v1/instance/service-accounts/default/token"),
					Json.of(Map.of("access_token", entry.secret(), "expires_in", 3599)), "Metadata-Flavor", "Google");
		}
		else {
			api.answer(target(entry), answer(entry));
		}
	}

	private static Predicate<RecordedRequest> target(Entry entry) {
		String service = isPublic(entry) ? "SpencerFrontendService" : "AmazonEC2ContainerRegistry_V20150921";
		return (request) -> request.header("X-Amz-Target")
			.filter((service + ".GetAuthorizationToken")::equals)
			.isPresent();
	}

	private static String answer(Entry entry) {
		String pair = entry.username() + ":" + entry.secret();
		Map<String, Object> data = Map.of("authorizationToken",
				Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)), "expiresAt", 4102444800.123);
		return Json.of(Map.of("authorizationData", isPublic(entry) ? data : List.of(data)));
	}

	private static boolean isPublic(Entry entry) {
		return entry.personality().name().equals("ECR Public");
	}

	@Override
	public String source(Entry entry) {
		return "identity";
	}

	@Override
	public String toString() {
		return title();
	}

}
