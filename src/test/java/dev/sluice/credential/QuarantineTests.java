package dev.sluice.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.CredentialException.CredentialRejected;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/** When a credential is presented, counted at the one it is presented to. */
class QuarantineTests {

	private static final Login LOGIN = new Login(new Credential.Basic("robot", new Secret("pass")), Map.of(), "a file");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));

	private final Quarantine quarantine = new Quarantine(this.now::get);

	private final AtomicInteger presented = new AtomicInteger();

	private boolean good;

	@Test
	void presentsARejectedCredentialFiveTimesAtMostInTheFirstMinute() {
		for (int second = 0; second < 60; second++) {
			for (int i = 0; i < 20; i++) {
				rejected(present());
			}
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.presented.get()).isBetween(3, 5);
	}

	@Test
	void asksLessAndLessOften() {
		rejected(present());
		int hours = 10;
		for (int second = 0; second < hours * 3600; second++) {
			rejected(present());
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.presented.get()).isBetween(hours * 4, hours * 10);
	}

	@Test
	void oneProbeBringsItBack() {
		rejected(present());
		this.good = true;
		rejected(present());
		assertThat(this.quarantine.problems()).containsExactly("refused a file");
		pass(Duration.ofSeconds(20));
		served(present());
		assertThat(this.quarantine.problems()).isEmpty();
	}

	@Test
	void aCredentialThatIsDroppedAndComesAgainIsTriedAtOnce() {
		rejected(present());
		this.good = true;
		this.quarantine.credentialsDropped(Set.of(LOGIN.credential()));
		served(present());
	}

	@Test
	void aDenialLeavesItInUse() {
		this.good = true;
		served(present());
		pass(Duration.ofMinutes(1));
		StepVerifier.create(this.quarantine.present(LOGIN, "there", refused(), presented()))
			.verifyErrorMessage("refused a file");
		served(present());
	}

	@Test
	void oneThatExpiresInUseIsFoundOutAtTheFirstRefusalByAll() {
		this.good = true;
		served(present());
		Sinks.Empty<String> late = Sinks.empty();
		StepVerifier other = StepVerifier
			.create(this.quarantine.present(LOGIN, "there", late.asMono().switchIfEmpty(refused()), presented()))
			.expectError(CredentialRejected.class)
			.verifyLater();
		this.good = false;
		rejected(present());
		late.tryEmitEmpty();
		other.verify(Duration.ofSeconds(5));
	}

	@Test
	void oneThatWorkedIsTriedAgainSoonAndNoMoreOftenThanOthers() {
		this.good = true;
		served(present());
		this.good = false;
		rejected(present());
		pass(Duration.ofSeconds(3));
		this.good = true;
		served(present());
		this.good = false;
		pass(Duration.ofMinutes(5));
		this.presented.set(0);
		for (int second = 0; second < 60; second++) {
			rejected(present());
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.presented).hasValueLessThanOrEqualTo(5);
	}

	@Test
	void oneThatWorkedIsAskedForLessAndLessOftenToo() {
		this.good = true;
		served(present());
		this.good = false;
		pass(Duration.ofMinutes(5));
		rejected(present());
		int hours = 10;
		for (int second = 0; second < hours * 3600; second++) {
			rejected(present());
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.presented.get()).isBetween(hours * 4, hours * 10);
	}

	@Test
	void afterAGlitchTheAnswerToTheFirstTryIsTheOneThatIsPassedOn() {
		this.good = true;
		served(present());
		this.good = false;
		rejected(present());
		pass(Duration.ofSeconds(3));
		this.good = true;
		this.presented.set(0);
		served(present());
		assertThat(this.presented).hasValue(1);
	}

	@Test
	void anIdentityTokenThatIsPresentedInTwoFormsIsTriedNoMoreOftenForThat() {
		Login identity = new Login(new Credential.IdentityToken("robot", new Secret("eyJ")), Map.of(), "a file");
		for (int second = 0; second < 60; second++) {
			rejected(this.quarantine.present(identity, "there", presented(), presented()));
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.presented.get() * 2).isLessThanOrEqualTo(5);
	}

	@Test
	void whereNothingWasFoundOutOneOfThoseWhoWaitTriesNext() {
		Sinks.Empty<String> first = Sinks.empty();
		this.quarantine.present(LOGIN, "there", presented().onErrorResume((_) -> first.asMono()), presented())
			.subscribe((_) -> {
			}, (_) -> {
			});
		AtomicInteger refused = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			present().subscribe((_) -> {
			}, (_) -> refused.incrementAndGet());
		}
		first.tryEmitError(new IllegalStateException("down"));
		assertThat(refused).hasValue(100);
		assertThat(this.presented).hasValueLessThanOrEqualTo(5);
	}

	@Test
	void whoeverLeavesWhileItIsDoubtedLeavesNothingBehind() {
		this.good = true;
		served(present());
		this.quarantine.present(LOGIN, "there", refused(), Mono.never()).subscribe().dispose();
		served(present());
		assertThat(this.quarantine.problems()).isEmpty();
	}

	@Test
	void oneThatWorksStaysInUseThoughNothingInParticularIsRefused() {
		this.good = true;
		Mono<String> denied = this.quarantine.present(LOGIN, "there", refused(), refused());
		Mono<String> granted = this.quarantine.present(LOGIN, "there", presented(), refused());
		served(granted);
		rejected(denied);
		pass(Duration.ofSeconds(3));
		served(granted);
		StepVerifier.create(denied).verifyErrorMessage("refused a file");
		served(granted);
	}

	@Test
	void whileItIsFoundOutTheOthersWait() {
		this.good = true;
		Sinks.Empty<String> answer = Sinks.empty();
		this.quarantine.present(LOGIN, "there", presented().then(answer.asMono()), presented()).subscribe();
		AtomicInteger served = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			present().subscribe((_) -> served.incrementAndGet());
		}
		assertThat(this.presented).hasValue(1);
		answer.tryEmitEmpty();
		assertThat(served).hasValue(100);
	}

	@Test
	void aServerThatFailsProvesNothing() {
		StepVerifier
			.create(this.quarantine.present(LOGIN, "there", Mono.error(new IllegalStateException("down")), presented()))
			.verifyErrorMessage("down");
		this.good = true;
		served(present());
	}

	@Test
	void whoeverLeavesDoesNotKeepTheOthersWaiting() {
		this.quarantine.present(LOGIN, "there", Mono.never(), presented()).subscribe().dispose();
		this.good = true;
		StepVerifier.create(present()).expectNext("content").expectComplete().verify(Duration.ofSeconds(5));
	}

	private static void served(Mono<String> answer) {
		StepVerifier.create(answer).expectNext("content").expectComplete().verify(Duration.ofSeconds(5));
	}

	private static void rejected(Mono<String> answer) {
		StepVerifier.create(answer).expectError(CredentialRejected.class).verify(Duration.ofSeconds(5));
	}

	private Mono<String> present() {
		return this.quarantine.present(LOGIN, "there", presented(), presented());
	}

	private Mono<String> presented() {
		return Mono.defer(() -> {
			this.presented.incrementAndGet();
			return this.good ? Mono.just("content") : refused();
		});
	}

	private static Mono<String> refused() {
		return Mono.error(new Refusal("refused a file"));
	}

	private void pass(Duration time) {
		this.now.updateAndGet((it) -> it.plus(time));
	}

}
