package dev.sluice.matrix;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.PersonalRegistry;
import dev.sluice.testing.registries.Personality;
import dev.sluice.testing.registries.TokenPersonality;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One cell of the matrix at work: asks for everything, checks what came and what the
 * registry saw, and says in short what that was. Not thread-safe.
 */
final class Cell {

	private static final int PRESENTATIONS = 5;

	private final CredentialKind kind;

	private final PersonalRegistry registry;

	private final Condition condition;

	private final Scene scene;

	Cell(CredentialKind kind, PersonalRegistry registry, Condition condition, Scene scene) {
		this.kind = kind;
		this.registry = registry;
		this.condition = condition;
		this.scene = scene;
	}

	private Personality personality() {
		return this.registry.personality();
	}

	/** All is served; a credential goes where it belongs, and as often as it need. */
	String served(Entry entry) throws Exception {
		boolean anonymous = this.kind instanceof Nobody;
		String repository = (anonymous || personality().privateRepository().isEmpty())
				? personality().publicRepository() : personality().privateRepository();
		serve(repository, List.of(Operation.values()));
		assertThat(this.registry.exchanges()).as("token exchanges").hasSize(expectedExchanges(entry.form(), anonymous));
		if (personality().blobRedirect().isPresent()) {
			assertThat(this.registry.downloads()).isNotEmpty();
		}
		assertNothingStrays(entry);
		return Operation.values().length + " ok";
	}

	private void serve(String repository, List<Operation> operations) throws Exception {
		for (Operation operation : operations) {
			operation.check(operation.ask(this.scene.client(), base(repository), this.registry.image()),
					this.registry.image());
		}
	}

	/** One for all operations; ACR wants another for tags; Artifactory refuses a POST. */
	private int expectedExchanges(Form form, boolean anonymous) {
		if (!(personality() instanceof TokenPersonality tokens) || (form == Form.REGISTRY_TOKEN && !anonymous)) {
			return 0;
		}
		boolean scopeOfTags = !tokens.scope("a", true).equals(tokens.scope("a", false));
		boolean refusedPost = form == Form.IDENTITY_TOKEN && tokens.postStatus() != 0;
		return (scopeOfTags ? 2 : 1) + (refusedPost ? 1 : 0);
	}

	private void assertNothingStrays(Entry entry) {
		assertThat(this.registry.downloads()).noneMatch((request) -> request.has("Authorization"));
		boolean atApi = !(personality() instanceof TokenPersonality) || entry.form() == Form.REGISTRY_TOKEN;
		if (!atApi) {
			assertThat(this.registry.visits()).noneMatch(presents(entry));
		}
	}

	/** What is private is refused, with who refused what; what is public isn't. */
	String refused(Entry entry) throws Exception {
		boolean publicFirst = this.condition == Condition.EXPIRED;
		if (publicFirst) {
			servePublic();
		}
		refusePrivate(entry);
		if (!publicFirst) {
			servePublic();
		}
		assertNothingStrays(entry);
		assertThat(Stream.concat(this.registry.visits().stream(), this.registry.exchanges().stream())
			.filter(presents(entry))).hasSizeBetween(1, PRESENTATIONS);
		String said = personality().privateRepository().isEmpty() ? "" : "403";
		return said + (personality().publicRepository().isEmpty() ? "" : "+");
	}

	private void servePublic() throws Exception {
		if (!personality().publicRepository().isEmpty()) {
			serve(personality().publicRepository(), List.of(Operation.TAG, Operation.BLOB, Operation.TAGS));
		}
	}

	private void refusePrivate(Entry entry) throws Exception {
		if (personality().privateRepository().isEmpty()) {
			return;
		}
		for (Operation operation : Operation.values()) {
			HttpResponse<byte[]> answer = operation.ask(this.scene.client(), base(personality().privateRepository()),
					this.registry.image());
			assertThat(answer.statusCode()).as("%s: %s", operation, TestClient.text(answer)).isEqualTo(403);
			if (!operation.isHead()) {
				OciFailure.of(answer)
					.is(403, "DENIED")
					.saying(this.kind.source(entry), words(entry))
					.saying("presented again now and then");
				assertThat(TestClient.text(answer)).doesNotContain(entry.secret());
			}
		}
	}

	private String words(Entry entry) {
		return (entry.form() == Form.REGISTRY_TOKEN) ? "401" : personality().words(this.condition);
	}

	/** Of what is private, nobody gets anything, and learns what to do. */
	void refusedAsNobody() throws Exception {
		if (personality().privateRepository().isEmpty()) {
			return;
		}
		for (Operation operation : List.of(Operation.TAG, Operation.BLOB, Operation.TAGS)) {
			OciFailure
				.of(operation.ask(this.scene.client(), base(personality().privateRepository()), this.registry.image()))
				.is(403, "DENIED")
				.saying("no credential", "log in");
		}
	}

	private Predicate<RecordedRequest> presents(Entry entry) {
		String basic = TestClient.basic(entry.username(), entry.secret());
		List<String> headers = List.of(basic, "Bearer " + entry.secret(), TestClient.basic("<token>", entry.secret()));
		return (request) -> request.header("Authorization").filter(headers::contains).isPresent()
				|| request.field("refresh_token").filter(entry.secret()::equals).isPresent()
				|| request.field("password").filter(entry.secret()::equals).isPresent();
	}

	private String base(String repository) {
		return "/v2/" + Entry.host(personality(), this.condition) + "/" + repository;
	}

	/** Why there is no such credential, if there is none. */
	static String reason(CredentialKind kind, Personality personality) {
		return (kind.offer(personality) instanceof Offer.None(String reason)) ? reason : "";
	}

}
