package dev.sluice.credential.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Logins;
import dev.sluice.testing.TestClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a cloud's credentials are kept, renewed and given up, against a clock that the test
 * moves.
 */
class CloudSourceTests {

	private static final RegistryName REGISTRY = RegistryName.parse("registry.cloud.example");

	private static final Duration LIFE = Duration.ofHours(12);

	private final TestClock clock = TestClock.now();

	private final CloudRuns runs = new CloudRuns(Duration.ofSeconds(2));

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final Stub identity = new Stub();

	private final CloudSource source = new CloudSource(this.identity, this.runs, this.clock, this.dropped::add);

	@AfterEach
	void close() {
		this.runs.close();
	}

	@Test
	void asksOnceHoweverManyWantIt() {
		this.identity.held = new CountDownLatch(1);
		CompletableFuture<@Nullable List<Login>> asked = Flux.range(0, 100)
			.flatMap((_) -> Logins.first(this.source, REGISTRY, null), 100)
			.collectList()
			.toFuture();
		this.identity.held.countDown();
		assertThat(asked.orTimeout(5, TimeUnit.SECONDS).join()).hasSize(100);
		assertThat(this.identity.asked).hasValue(1);
	}

	@Test
	void keepsTheCredentialForHalfItsLifeAndThenRenewsItWhileTheOldOneServes() {
		assertThat(password()).isEqualTo("password 1");
		this.clock.advance(LIFE.dividedBy(2).minusSeconds(1));
		assertThat(password()).isEqualTo("password 1");
		assertThat(this.identity.asked).hasValue(1);
		this.identity.held = new CountDownLatch(1);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(password()).isEqualTo("password 1");
		assertThat(password()).isEqualTo("password 1");
		this.identity.held.countDown();
		awaitPassword("password 2");
		assertThat(this.identity.asked).hasValue(2);
		assertThat(this.dropped).containsExactly(Set.of(credential("password 1")));
	}

	@Test
	void keepsTheOldOneWhileRenewalFailsAndSaysSoInHealthUntilItExpires() {
		assertThat(password()).isEqualTo("password 1");
		this.identity.failure = "the cloud says AccessDenied";
		this.clock.advance(LIFE.dividedBy(2));
		assertThat(password()).isEqualTo("password 1");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.source.state().problems()).singleElement()
				.asString()
				.contains("the cloud says AccessDenied", "good until"));
		assertThat(password()).isEqualTo("password 1");
		assertThat(this.identity.asked).hasValue(2);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(password()).isEqualTo("password 1");
		Awaitility.await().untilAsserted(() -> assertThat(this.identity.asked).hasValue(3));
		assertThat(this.dropped).isEmpty();
		this.clock.advance(LIFE);
		assertThatExceptionOfType(CredentialException.IdentityUnavailable.class).isThrownBy(this::password)
			.withMessageContaining("the cloud says AccessDenied");
	}

	@Test
	void tellsAFailureForTenSecondsAndThenAsksAgain() {
		this.identity.failure = "the cloud says no";
		IntStream.range(0, 10)
			.forEach((_) -> assertThatExceptionOfType(CredentialException.IdentityUnavailable.class)
				.isThrownBy(this::password)
				.withMessageContainingAll("test identity", "the cloud says no"));
		assertThat(this.identity.asked).hasValue(1);
		assertThat(this.source.state().problems()).hasSize(1);
		this.identity.failure = null;
		this.clock.advance(Duration.ofSeconds(10));
		assertThatExceptionOfType(CredentialException.IdentityUnavailable.class).isThrownBy(this::password);
		Awaitility.await().untilAsserted(() -> assertThat(password()).isEqualTo("password 2"));
		assertThat(this.source.state().isSound()).isTrue();
	}

	@Test
	void aCredentialThatCannotBeSentIsAFailureThatSaysSo() {
		this.identity.suffix = "made-up\r\nInjected: x";
		assertThatExceptionOfType(CredentialException.IdentityUnavailable.class).isThrownBy(this::password)
			.withMessage("test identity: the credential that it gives can't be used, for its password holds a control"
					+ " character (U+000D) before its end");
		assertThat(this.source.state().problems()).hasSize(1);
	}

	@Test
	void aFailureOfLongAgoIsNotTold() {
		this.identity.failure = "the cloud says no";
		assertThatExceptionOfType(CredentialException.IdentityUnavailable.class).isThrownBy(this::password);
		this.identity.failure = null;
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(password()).isEqualTo("password 2");
	}

	@Test
	void whereThereIsNoIdentityThereIsNoCredentialNoErrorAndOneLine() {
		this.identity.absent = true;
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			IntStream.range(0, 10).forEach((_) -> assertThat(login()).isNull());
			assertThat(log.entries()).singleElement().asString().contains("no test identity here: no such thing");
		}
		assertThat(this.identity.asked).hasValue(1);
		assertThat(this.source.state().isSound()).isTrue();
	}

	@Test
	void looksForAnIdentityAgainAfterAMinuteWithoutKeepingAnybodyWaiting() {
		this.identity.absent = true;
		assertThat(login()).isNull();
		this.identity.absent = false;
		this.identity.held = new CountDownLatch(1);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(login()).isNull();
		this.identity.held.countDown();
		awaitPassword("password 2");
	}

	@Test
	void aRejectedCredentialIsReplacedAtOnceButNotTwiceInHalfAMinute() {
		assertThat(password()).isEqualTo("password 1");
		this.source.rejected(credential("another's"));
		assertThat(password()).isEqualTo("password 1");
		this.source.rejected(credential("password 1"));
		assertThat(password()).isEqualTo("password 2");
		assertThat(this.dropped).containsExactly(Set.of(credential("password 1")));
		IntStream.range(0, 100).forEach((_) -> {
			this.source.rejected(credential("password 2"));
			assertThat(password()).isEqualTo("password 2");
		});
		assertThat(this.identity.asked).hasValue(2);
		this.clock.advance(Duration.ofSeconds(30));
		this.source.rejected(credential("password 2"));
		assertThat(password()).isEqualTo("password 3");
	}

	@Test
	void anIdentityThatHangsCostsOneClearError() {
		this.identity.held = new CountDownLatch(1);
		assertThatExceptionOfType(CredentialException.IdentityUnavailable.class).isThrownBy(this::password)
			.withMessageContaining("test identity: no credential within 2 s");
		Awaitility.await().untilAsserted(() -> assertThat(this.identity.interrupted).hasValue(1));
	}

	@Test
	void listsNoRegistryAndHasNothingForOthers() {
		assertThat(this.source.registryNames()).isEmpty();
		assertThat(Logins.first(this.source, RegistryName.parse("ghcr.io"), null).blockOptional()).isEmpty();
		assertThat(this.identity.asked).hasValue(0);
	}

	private void awaitPassword(String password) {
		Awaitility.await().untilAsserted(() -> assertThat(password()).isEqualTo(password));
	}

	private String password() {
		Login login = login();
		assertThat(login).isNotNull();
		return (login.credential() instanceof Credential.Basic basic) ? basic.password().reveal() : "";
	}

	private @Nullable Login login() {
		return Logins.first(this.source, REGISTRY, null).block(Duration.ofSeconds(10));
	}

	private static Credential credential(String password) {
		return new Credential.Basic("test", new Secret(password));
	}

	/** Gives "password 1", "password 2" … */
	private final class Stub implements CloudIdentity {

		private final AtomicInteger asked = new AtomicInteger();

		private final AtomicInteger interrupted = new AtomicInteger();

		private volatile CountDownLatch held = new CountDownLatch(0);

		private volatile @Nullable String failure;

		private volatile boolean absent;

		private volatile String suffix = "";

		@Override
		public String name() {
			return "test identity";
		}

		@Override
		public Optional<RegistryName> issuer(RegistryName host) {
			return Optional.of(host).filter(REGISTRY::equals);
		}

		@Override
		public Issue issue(RegistryName issuer) {
			int number = this.asked.incrementAndGet();
			try {
				this.held.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.incrementAndGet();
				throw new CloudException("interrupted");
			}
			String message = this.failure;
			if (message != null) {
				throw new CloudException(message);
			}
			Instant end = CloudSourceTests.this.clock.instant().plus(LIFE);
			return this.absent ? new Issue.Absent("no such thing")
					: new Issue.Granted(credential("password " + number + this.suffix), end);
		}

	}

}
