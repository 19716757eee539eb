package dev.sluice.oci;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a failure says, and where it happened. */
class RegistryExceptionTests {

	private final RegistryException failure = new OverloadException.Overloaded("too many wait", Duration.ofSeconds(5));

	@Test
	void namesTheUpstreamWhereItHappened() {
		assertThat(this.failure.at(RegistryName.parse("a.example"))).hasMessage("a.example: too many wait");
	}

	@Test
	void oneThatIsToldAtTwoUpstreamsNamesEachAtItsOwnAndChangesForNobody() {
		RegistryException one = this.failure.at(RegistryName.parse("a.example"));
		RegistryException other = this.failure.at(RegistryName.parse("b.example"));
		assertThat(one).hasMessage("a.example: too many wait");
		assertThat(other).hasMessage("b.example: too many wait");
		assertThat(this.failure).hasMessage("too many wait");
	}

	@Test
	void keepsItsKindAndWhatGoesWithIt() {
		assertThat(this.failure.at(RegistryName.parse("a.example"))).isInstanceOfSatisfying(
				OverloadException.Overloaded.class,
				(copy) -> assertThat(copy.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
	}

	@Test
	void namesNoUpstreamTwice() {
		RegistryException said = new UpstreamException.UpstreamFailed("a.example answered 500");
		assertThat(said.at(RegistryName.parse("a.example"))).hasMessage("a.example answered 500");
	}

}
