package dev.sluice.distribution;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.testing.TestClient;
import dev.sluice.testing.docker.NeedsDocker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.junit.jupiter.Container;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A private registry with htpasswd: what a client without the password gets through
 * Sluice is what one with the password gets straight.
 */
@NeedsDocker
class DistributionHtpasswdIT {

	@Container
	private static final Distribution REGISTRY = Distribution.withPassword();

	@AutoClose
	private static TwoWays ways;

	@BeforeAll
	static void push(@TempDir Path directory) throws Exception {
		ways = TwoWays.to(REGISTRY, directory);
		ways.pushAll();
	}

	@ParameterizedTest
	@MethodSource("dev.sluice.distribution.Question#all")
	void answersAsTheRegistryItself(Question question) throws Exception {
		SameAnswer.check(question, ways.straight(question), ways.through(question));
	}

	@Test
	void answersAsTheRegistryItselfToANamespace() throws Exception {
		Question index = Question.all().findFirst().orElseThrow();
		HttpResponse<byte[]> through = ways.throughNamespace(index);
		SameAnswer.check(index, ways.straight(index), through);
		assertThat(through.headers().allValues("OCI-Namespace")).containsExactly(TwoWays.NAME);
	}

	@Test
	void leadsFromPageToPageOfTags() throws Exception {
		HttpResponse<byte[]> first = ways.through(new Question("first page", "GET", "tags/list?n=3", List.of()));
		HttpResponse<byte[]> last = ways.throughLink(TestClient.header(first, "Link"));
		assertThat(TestClient.text(first)).contains("[\"1\",\"2\",\"3\"]");
		assertThat(TestClient.text(last)).contains("[\"docker\"]");
		assertThat(last.headers().firstValue("Link")).isEmpty();
	}

	@Test
	void keepsTheRegistryClosedToClientsThatAskItStraight() throws Exception {
		assertThat(ways.straightWithoutPassword(Question.all().findFirst().orElseThrow()).statusCode()).isEqualTo(401);
	}

}
