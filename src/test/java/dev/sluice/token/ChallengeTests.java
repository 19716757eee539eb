package dev.sluice.token;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sluice.testing.LinearTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChallengeTests {

	private static final Challenge BASIC = new Challenge("basic", Map.of("realm", "r"));

	static Stream<Arguments> lines() {
		Challenge bearer = new Challenge("bearer", Map.of("realm", "https://a.example/t", "scope", "x:y:pull,push"));
		return Stream.of(one("Bearer realm=\"https://a.example/t\",scope=\"x:y:pull,push\"", bearer),
				one("bEARER REALM=\"https://a.example/t\" , Scope=\"x:y:pull,push\"", bearer),
				one("Bearer realm = \"https://a.example/t\"\t,\tscope= \"x:y:pull,push\"", bearer),
				one("Bearer realm=https://a.example/t, scope=\"x:y:pull,push\"", bearer),
				one("Bearer realm=\"https://a.example/t\" scope=\"x:y:pull,push\"", bearer),
				one("Bearer realm=\"https://a.example/t\"scope=\"x:y:pull,push\"", bearer),
				one(",, ,Bearer ,realm=\"https://a.example/t\",,scope=\"x:y:pull,push\",", bearer),
				one("Bearer realm=\"https://a.example/t\",scope=\"x:y:pull,push\",realm=\"https://evil\"", bearer),
				one("Basic realm=\"r\", Bearer realm=\"https://a.example/t\",scope=\"x:y:pull,push\"", BASIC, bearer),
				one("Bearer realm=\"https://a.example/t\",scope=\"x:y:pull,push\", Basic realm=r", bearer, BASIC),
				one("Basic realm=\"a \\\"b\\\\c\\\"\"", new Challenge("basic", Map.of("realm", "a \"b\\c\""))),
				one("Basic realm=\"a, Bearer realm=b\"", new Challenge("basic", Map.of("realm", "a, Bearer realm=b"))),
				one("Negotiate YWJj==, Basic realm=r", new Challenge("negotiate", Map.of()), BASIC),
				one("Negotiate, NTLM, Basic realm=r", new Challenge("negotiate", Map.of()),
						new Challenge("ntlm", Map.of()), BASIC),
				one("Digest realm=\"d\", nonce=n, algorithm=MD5 Basic realm=r",
						new Challenge("digest", Map.of("realm", "d", "nonce", "n", "algorithm", "MD5")), BASIC),
				one("Basic", new Challenge("basic", Map.of())),
				one("Basic realm=\"\"", new Challenge("basic", Map.of("realm", ""))),
				one("Bearer service=s, realm=\"https://a.exa", new Challenge("bearer", Map.of("service", "s"))),
				one("Basic realm=\"r\\", new Challenge("basic", Map.of())), one(""), one(" , ,"), one("=,=\"x\"=;@"),
				one("realm=\"lost\", Basic realm=r", BASIC), one("@@ Basic realm=r", BASIC),
				one("\"quoted, Bearer realm=x\" Basic realm=r", BASIC));
	}

	private static Arguments one(String line, Challenge... challenges) {
		return Arguments.of(line, List.of(challenges));
	}

	@ParameterizedTest
	@MethodSource("lines")
	void readsWhatIsReadable(String line, List<Challenge> challenges) {
		assertThat(Challenge.parse(List.of(line))).isEqualTo(challenges);
	}

	@Test
	void readsSeveralLinesInOrder() {
		List<Challenge> challenges = Challenge.parse(List.of("Bearer realm=x", "Basic realm=r"));
		assertThat(challenges).containsExactly(new Challenge("bearer", Map.of("realm", "x")), BASIC);
	}

	@Test
	void readsNoMoreThanItsBound() {
		String long1 = "Bearer realm=\"" + "x".repeat(ChallengeParser.LIMIT - 30) + "\"";
		assertThat(Challenge.parse(List.of(long1, "Basic realm=r", "Basic realm=r"))).hasSize(2);
		assertThat(Challenge.parse(List.of("x".repeat(ChallengeParser.LIMIT + 1)))).isEmpty();
	}

	@Test
	void showsNoParameterWhenPrinted() {
		assertThat(new Challenge("Bearer", Map.of("realm", "https://a/?key=hidden"))).hasToString("Challenge[bearer]");
	}

	@Test
	void neverThrowsWhateverTheInput() {
		Random random = new Random(20260101);
		String[] pieces = { "Bearer", "Basic", " ", ",", "=", "\"", "\\", "realm", "scope", "\t", "\0", "é", "/", "==",
				";", "https://x", "\u2028", "a.b", "(", "\uD800" };
		for (int round = 0; round < 20_000; round++) {
			String line = random.ints(random.nextInt(30), 0, pieces.length)
				.mapToObj((index) -> pieces[index])
				.collect(Collectors.joining());
			for (Challenge challenge : Challenge.parse(List.of(line, line))) {
				assertThat(challenge.scheme()).isNotEmpty();
				assertThat(challenge.parameters().keySet()).doesNotContain("");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b c d ", "a=\"", "a=\"\\", "a==", "a ,", "a/b==", "\"" })
	void takesLinearTime(String piece) {
		String nasty = "Basic " + piece.repeat((ChallengeParser.LIMIT - 6) / piece.length());
		LinearTime
			.spend(() -> assertThat(Challenge.parse(List.of(nasty))).hasSizeLessThanOrEqualTo(ChallengeParser.MOST));
	}

	@Test
	void keepsSoManyChallengesAndParametersAndNoMore() {
		String many = "Basic realm=r, ".repeat(100);
		assertThat(Challenge.parse(List.of(many, "Bearer realm=x"))).hasSize(ChallengeParser.MOST);
		String wide = IntStream.range(0, 100).mapToObj((i) -> "p" + i + "=v").collect(Collectors.joining(","));
		assertThat(Challenge.parse(List.of("Bearer " + wide)).getFirst().parameters())
			.hasSize(ChallengeParser.MOST_PARAMETERS);
	}

	@Test
	void readsWhatStandsBehindALineThatIsTooLong() {
		String tooLong = "Negotiate " + "x".repeat(ChallengeParser.LIMIT);
		assertThat(Challenge.parse(List.of(tooLong, "Basic realm=r"))).containsExactly(BASIC);
	}

}
