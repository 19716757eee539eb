package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException.AccessDenied;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.CredentialException.CredentialUnavailable;
import dev.sluice.oci.CredentialException.IdentityUnavailable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.Tag;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Matching;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedUpstream;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * As whom a registry is asked where several logins may do, one after the other, and what
 * is told where none does. The registry takes the logins {@code good} and {@code better};
 * {@code denied} may see nothing of it, and no other is one.
 */
class LoginOrderTests {

	@Test
	void asksAsTheMostSpecificLoginWhicheverSourceHasIt() {
		ScriptedUpstream registry = registry(kept("good"), Kept.of(2, Mono.just(login("better"))));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("better");
	}

	@Test
	void asksAsTheFirstSourcesLoginWhereNoneIsMoreSpecific() {
		ScriptedUpstream registry = registry(kept("good"), kept("better"));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("good");
	}

	@ParameterizedTest
	@ValueSource(strings = { "denied", "wrong" })
	void goesOnToTheNextLoginWhereOneIsRefused(String first) {
		ScriptedUpstream registry = registry(kept(first), kept("good"), kept("better"));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).endsWith("good").doesNotContain("better", "nobody");
	}

	@Test
	void asksFirstAsWhoeverWorkedForARepositoryFromThenOn() {
		ScriptedUpstream registry = registry(kept("denied"), kept("good"));
		fetch(registry, "acme/app");
		int before = registry.asked().size();
		fetch(registry, "acme/app");
		assertThat(shown(registry).subList(before, registry.asked().size())).containsExactly("good");
		fetch(registry, "acme/other");
		assertThat(shown(registry)).endsWith("denied", "good");
	}

	@Test
	void asksInTheOldOrderAgainOnceTheFirstWorks() {
		ScriptedUpstream registry = registry(kept("denied"), kept("good"));
		fetch(registry, "acme/app");
		registry.answer(bearing("denied"), manifest()).answer(bearing("good"), Answer.of(403));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).endsWith("good", "denied");
		int before = registry.asked().size();
		fetch(registry, "acme/app");
		assertThat(shown(registry).subList(before, registry.asked().size())).containsExactly("denied");
	}

	@Test
	void looksUpALoginWhenItIsItsTurn() {
		AtomicInteger lookedUp = new AtomicInteger();
		Kept last = Kept.of(0, Mono.just(login("better")).doOnSubscribe((_) -> lookedUp.incrementAndGet()));
		fetch(registry(kept("good"), last), "acme/app");
		assertThat(lookedUp).hasValue(0);
		fetch(registry(kept("denied"), last), "acme/app");
		assertThat(lookedUp).hasValue(1);
	}

	@Test
	void asksOnceAsALoginThatTwoSourcesHave() {
		ScriptedUpstream registry = registry(kept("denied"), kept("denied"), kept("good"));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("denied", "good");
	}

	@Test
	void tellsEverySourceWhichCredentialIsRejectedAndNoneWhichIsDenied() {
		Kept wrong = kept("wrong");
		Kept denied = kept("denied");
		fetch(registry(wrong, denied, kept("good")), "acme/app");
		List<Credential> rejected = List.of(login("wrong").credential());
		assertThat(List.of(wrong.rejections(), denied.rejections())).containsOnly(rejected);
	}

	@Test
	void goesOnWithWhatTheSourceHasOnceItsCredentialIsRejected() {
		AtomicReference<String> current = new AtomicReference<>("expired");
		Kept renewing = Kept.of(0, Mono.fromSupplier(() -> login(current.getAndSet("good"))));
		ScriptedUpstream registry = registry(renewing, kept("better"));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsSubsequence("expired", "good").doesNotContain("better", "nobody");
	}

	@Test
	void tellsASourceThatWhatItHasNextIsRejectedToo() {
		AtomicReference<String> current = new AtomicReference<>("expired");
		Kept renewing = Kept.of(0, Mono.fromSupplier(() -> login(current.getAndSet("wrong"))));
		fetch(registry(renewing, kept("good")), "acme/app");
		assertThat(renewing.rejections()).containsExactly(login("expired").credential(), login("wrong").credential());
	}

	@Test
	void asksAsNobodyWhereEveryCredentialIsRejected() {
		ScriptedUpstream registry = registry(kept("wrong"), kept("expired")).answer(bearing("nobody"), manifest());
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsSubsequence("wrong", "expired", "nobody");
	}

	@Test
	void tellsTheFirstRejectionWhereNobodyIsRefusedToo() {
		assertThatExceptionOfType(CredentialRejected.class)
			.isThrownBy(() -> fetch(registry(kept("wrong"), kept("expired")), "acme/app"))
			.withMessageContainingAll("reg.example answered 401", "the source of wrong");
	}

	@Test
	void tellsADenialRatherThanARejectionAndAsksNobody() {
		ScriptedUpstream registry = registry(kept("wrong"), kept("denied"), kept("expired")).answer(bearing("nobody"),
				manifest());
		assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> fetch(registry, "acme/app"))
			.withMessageContainingAll("reg.example answered 403", "the source of denied");
		assertThat(shown(registry)).doesNotContain("nobody");
	}

	@Test
	void passesOnWhatIsNoRefusalWithoutAskingAsAnother() {
		ScriptedUpstream registry = registry(kept("good"), kept("better")).answer(bearing("good"), Answer.of(503));
		assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> fetch(registry, "acme/app"))
			.withMessageContaining("reg.example answered 503");
		assertThat(shown(registry)).containsExactly("good");
	}

	@Test
	void asksAsTheNextWhereASourceFails() {
		ScriptedUpstream registry = registry(failing(new CredentialUnavailable("a helper fails")), kept("good"));
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("good");
	}

	@Test
	void tellsThatASourceFailsAndAsksNobody() {
		ScriptedUpstream registry = registry(failing(new IdentityUnavailable("a cloud gives nothing")),
				failing(new CredentialUnavailable("a helper fails")))
			.answer(bearing("nobody"), manifest());
		assertThatExceptionOfType(CredentialUnavailable.class).isThrownBy(() -> fetch(registry, "acme/app"))
			.withMessageContaining("a helper fails");
		assertThat(registry.asked()).isEmpty();
	}

	@Test
	void asksAsNobodyWhereACloudGivesNothing() {
		ScriptedUpstream registry = registry(failing(new IdentityUnavailable("a cloud gives nothing")));
		registry.answer(bearing("nobody"), manifest());
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("nobody");
	}

	@Test
	void tellsThatACloudGivesNothingWhereNobodyIsRefused() {
		ScriptedUpstream registry = registry(failing(new IdentityUnavailable("a cloud gives nothing")));
		assertThatExceptionOfType(IdentityUnavailable.class).isThrownBy(() -> fetch(registry, "acme/app"))
			.withMessageContaining("a cloud gives nothing");
	}

	@Test
	void asksAsNobodyWhereThereIsNoLogin() {
		ScriptedUpstream registry = registry().answer(bearing("nobody"), manifest());
		fetch(registry, "acme/app");
		assertThat(shown(registry)).containsExactly("nobody");
	}

	private static ScriptedUpstream registry(Kept... sources) {
		Set<String> known = Set.of("good", "better", "denied");
		return ScriptedUpstream.askedWith(sources)
			.answer(Matching.any(), Answer.of(401))
			.answer(bearing("good").or(bearing("better")), manifest())
			.answer(bearing("denied"), Answer.of(403))
			.answer((request) -> request.path().equals("/v2/") && known.contains(login(request)), Answer.of(200));
	}

	private static Answer manifest() {
		return Answer.of(200, "a/b", ByteSource.of("{}"));
	}

	private static Kept kept(String login) {
		return Kept.of(login(login));
	}

	private static Kept failing(RegistryException failure) {
		return Kept.of(0, Mono.error(failure));
	}

	/** One that is sent as it is, and at once. */
	private static Login login(String token) {
		return new Login(new Credential.RegistryToken(new Secret(token)), Map.of(), "the source of " + token);
	}

	private static void fetch(ScriptedUpstream registry, String repository) {
		UpstreamAnswer manifest = registry.client()
			.fetch(UpstreamRequest.manifest(HttpMethod.GET, new RepositoryName(repository), new Tag("1"), List.of()))
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
		manifest.release();
		assertThat(manifest.described().length()).hasValue(2);
		assertThat(registry.open()).isZero();
	}

	/** As whom contents were asked for. */
	private static List<String> shown(ScriptedUpstream registry) {
		return registry.asked().stream().map(LoginOrderTests::login).toList();
	}

	private static Predicate<RecordedRequest> bearing(String login) {
		return (request) -> !request.path().equals("/v2/") && login(request).equals(login);
	}

	private static String login(RecordedRequest request) {
		return request.header("Authorization").orElse("nobody").replace("Bearer ", "");
	}

}
