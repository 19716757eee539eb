package dev.sluice.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.sluice.oci.RepositoryName;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is remembered of what a registry wants, and for how much memory. */
class ChallengeMemoryTests {

	private static final Origin ENDPOINT = new Origin("https", "reg.example", 443);

	private final AtomicLong nanoseconds = new AtomicLong();

	private final ChallengeMemory memory = new ChallengeMemory(this.nanoseconds::get);

	@ParameterizedTest
	@EnumSource
	void longChallengesOfManyRepositoriesTakeFiveMebibytes(Where where) {
		String text = "x".repeat(16_000);
		IntStream.range(0, 1000).forEach((i) -> this.memory.remember(pull("a" + i), where.bearer(text)));
		await().untilAsserted(() -> assertThat(
				IntStream.range(0, 1000).filter((i) -> this.memory.recall(pull("a" + i)).isPresent()).count() * 16_000)
			.isBetween(1024 * 1024L, 5 * 1024 * 1024L));
	}

	@Test
	void shortOnesAreTenThousand() {
		IntStream.range(0, 20_000).forEach((i) -> this.memory.remember(pull("a" + i), new Demand.Basic()));
		await().untilAsserted(() -> assertThat(
				IntStream.range(0, 20_000).filter((i) -> this.memory.recall(pull("a" + i)).isPresent()))
			.hasSizeBetween(9_000, 10_000));
	}

	@Test
	void anHourLaterTheRegistryIsAskedAnew() {
		this.memory.remember(pull("a"), new Demand.Basic());
		pass(Duration.ofMinutes(59));
		assertThat(this.memory.recall(pull("a"))).isPresent();
		assertThat(this.memory.infer(pull("b"))).isPresent();
		pass(Duration.ofMinutes(1));
		assertThat(this.memory.recall(pull("a"))).isEmpty();
		assertThat(this.memory.infer(pull("b"))).isEmpty();
	}

	@Test
	void usingItKeepsItNoLonger() {
		this.memory.remember(pull("a"), new Demand.Basic());
		pass(Duration.ofMinutes(59));
		this.memory.remember(pull("a"), new Demand.Basic());
		pass(Duration.ofMinutes(1));
		assertThat(this.memory.recall(pull("a"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "repository:acme/app:pull, repository:b/c:pull", "aws, aws", "'', ''",
			"repository(plugin):acme/app:pull, repository(plugin):b/c:pull", "repository:app:pull,",
			"repository:acme/app:pull repository:acme/base:pull,", "repository:x/acme/app:pull,",
			"repository:acme/app:acme/app:pull,", ":acme/app:," })
	void whatAnotherRepositoryWantsIsInferredWhereItIsPlain(String scope, @Nullable String inferred) {
		this.memory.remember(pull("acme/app"), bearer("https://t.example/", null, scope));
		assertThat(this.memory.infer(pull("b/c")).map((demand) -> ((Demand.Bearer) demand).scope().value()))
			.isEqualTo(Optional.ofNullable(inferred));
	}

	@Test
	void aTokensScopeIsInferredForTheSameOperationAtTheSameEndpointAlone() {
		this.memory.remember(pull("a"), bearer("https://t.example/", null, "repository:a:pull"));
		assertThat(this.memory.infer(new ResourceAction(ENDPOINT, new RepositoryName("b"), Operation.TAGS))).isEmpty();
		assertThat(this.memory.infer(new ResourceAction(ENDPOINT, null, Operation.CATALOG))).isEmpty();
		Origin other = new Origin("https", "other.example", 443);
		assertThat(this.memory.infer(new ResourceAction(other, new RepositoryName("b"), Operation.PULL))).isEmpty();
	}

	@Test
	void basicIsInferredForEverythingAtTheSameEndpoint() {
		this.memory.remember(new ResourceAction(ENDPOINT, new RepositoryName("a"), Operation.TAGS), new Demand.Basic());
		assertThat(this.memory.infer(pull("b"))).contains(new Demand.Basic());
		assertThat(this.memory.infer(new ResourceAction(ENDPOINT, null, Operation.CATALOG)))
			.contains(new Demand.Basic());
		Origin other = new Origin("https", "other.example", 443);
		assertThat(this.memory.infer(new ResourceAction(other, new RepositoryName("b"), Operation.PULL))).isEmpty();
	}

	@Test
	void whatHarborWantsForItsCatalogSaysNothingOfRepositories() {
		this.memory.remember(new ResourceAction(ENDPOINT, null, Operation.CATALOG), new Demand.Basic());
		assertThat(this.memory.infer(pull("a"))).isEmpty();
	}

	private static ResourceAction pull(String repository) {
		return new ResourceAction(ENDPOINT, new RepositoryName(repository), Operation.PULL);
	}

	private static Demand.Bearer bearer(String realm, @Nullable String service, String scope) {
		return new Demand.Bearer(Origin.of("https", "t.example").resolve(realm), service, new Scope(scope),
				new Referrer(ENDPOINT, Reach.PUBLIC), SentSecrets.NONE);
	}

	private void pass(Duration time) {
		this.nanoseconds.addAndGet(time.toNanos());
	}

	/** Where a challenge is long. */
	enum Where {

		REALM, SERVICE, SCOPE;

		Demand.Bearer bearer(String text) {
			return switch (this) {
				case REALM -> ChallengeMemoryTests.bearer("https://t.example/" + text, null, "s");
				case SERVICE -> ChallengeMemoryTests.bearer("https://t.example/", text, "s");
				case SCOPE -> ChallengeMemoryTests.bearer("https://t.example/", null, text);
			};
		}

	}

}
