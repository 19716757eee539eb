package dev.sluice.matrix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * No stored credential but an access key: the cloud issues the login. One that is refused
 * is fetched anew, as {@code AwsRegistryTests} show; so there is nothing wrong or expired
 * to keep.
 */
record InCloud() implements CredentialKind {

	@Override
	public String title() {
		return "cloud identity";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Offer offer(Personality personality) {
		return switch (personality.name()) {
			case "ECR", "ECR Public" -> personality.offer(Form.LOGIN);
			case "ACR", "Artifact Registry", "GCR" ->
				Offer.none("its cloud's identity has tests of its own, with the cloud's exact wire formats");
			default -> Offer.none("it is no cloud's own registry");
		};
	}

	@Override
	public List<Condition> conditions() {
		return List.of(Condition.RIGHT);
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		StandIn api = StandIn.start();
		entries.stream()
			.filter((entry) -> entry.condition() == Condition.RIGHT)
			.forEach((entry) -> api.answer(target(entry), answer(entry)));
		String none = directory.resolve("none").toString();
		return new Setup(Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "very/secret",
				"AWS_EC2_METADATA_DISABLED", "true", "AWS_CONFIG_FILE", none, "AWS_SHARED_CREDENTIALS_FILE", none),
				List.of("sluice.credentials.cloud.enabled=true",
						"sluice.credentials.cloud.ecr.endpoint=" + api.url() + "/",
						"sluice.credentials.cloud.ecr-public.endpoint=" + api.url() + "/"),
				List.of(api));
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
		return "AWS identity";
	}

	@Override
	public String toString() {
		return title();
	}

}
