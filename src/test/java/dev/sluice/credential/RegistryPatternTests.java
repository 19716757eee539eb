package dev.sluice.credential;

import java.time.Duration;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.testing.LinearTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Patterns of registries are matched label by label, and at once.
 */
class RegistryPatternTests {

	@ParameterizedTest
	@CsvSource({ "*.azurecr.io, a.azurecr.io, true", "*.azurecr.io, a.b.azurecr.io, false",
			"*.azurecr.io, azurecr.io, false", "a*b*c.example, axbybzc.example, true",
			"a*b*c.example, axbyc.example, true", "a*b*c.example, axcyb.example, false",
			"*ab*ab.example, ab.example, false", "*ab*ab.example, abab.example, true",
			"*ab*ab.example, xabyabzab.example, true", "**.example, a.example, true", "r?.example, r1.example, true",
			"r?.example, r.example, false", "r[1-3]*.example, r2x.example, true", "r[1-3].example, r4.example, false",
			"*.example:5000, a.example:5000, true", "*.example:5000, a.example, false",
			"*.example, a.example:5000, false", "*b?d*.example, abcd.example, true" })
	void starsStayWithinALabel(String pattern, String host, boolean covered) {
		assertThat(covers(pattern, host)).isEqualTo(covered);
	}

	@ParameterizedTest
	@CsvSource({ "r.example/acme, acme/app, true", "r.example/acme, acme, true", "r.example/acme, acmecorp/app, false",
			"r.example/acme/app, acme, false", "r.example/acme/app, acme/app/deep, true",
			"r.example/acme//, acme/app, true", "https://r.example/v1/acme, acme/app, true",
			"r.example/app, acme/app, false", "*.example/acme, acme/app, true" })
	void aPathCoversWhatIsBelowIt(String pattern, String repository, boolean covered) {
		assertThat(RegistryPattern.parse(pattern)
			.orElseThrow()
			.covers(RegistryName.parse("r.example"), new RepositoryName(repository))).isEqualTo(covered);
	}

	@ParameterizedTest
	@ValueSource(strings = { "r[.example", "r].example", "r[[a]].example", "r[a-z].example[", "r[a*].example",
			"r[.].example", "r[a?].example", "r[].example", "r[^a].example", "r[z-a].example", "r[a&&b].example",
			"r(a|b).example", "r{1,9}.example", "*:999999", "*:x", "*\\d" })
	void whatIsNoPatternIsNone(String pattern) {
		assertThat(RegistryPattern.parse(pattern)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "?", "[", "[[", "[a-z]", "*a", "*?", "*[a-z]", ".", "*.", ":", "/", "a/", "-", "é" })
	void noPatternTakesLongToReadOrToMatch(String unit) {
		for (int size : new int[] { 290, 2000, 1_000_000 }) {
			String text = unit.repeat(size / unit.length());
			LinearTime.spend(() -> RegistryPattern.parse(text)
				.ifPresent((pattern) -> pattern.covers(RegistryName.parse("a".repeat(250) + "b"),
						new RepositoryName("a/".repeat(100) + "b"))));
		}
	}

	@Test
	void manyStarsTakeNoTime() {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			assertThat(covers("*".repeat(60) + ".example", "a".repeat(60) + ".other")).isFalse();
			assertThat(covers("*a".repeat(30) + "b.example", "a".repeat(60) + ".example")).isFalse();
			assertThat(covers("*a".repeat(30) + ".example", "a".repeat(60) + ".example")).isTrue();
		});
	}

	private static boolean covers(String pattern, String host) {
		return RegistryPattern.parse(pattern).orElseThrow().covers(RegistryName.parse(host), null);
	}

}
