package dev.sluice.distribution;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.testing.StorageHost;
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
 * A private registry that sends clients to another host for blobs: what a client gets
 * through Sluice is what one that follows the redirect itself gets. The other host
 * answers 400 to any {@code Authorization}.
 */
@NeedsDocker
class DistributionRedirectIT {

	@AutoClose
	private static final StorageHost STORAGE = StorageHost.start();

	@Container
	private static final Distribution REGISTRY = Distribution.withPasswordRedirectingTo(STORAGE.url());

	@AutoClose
	private static TwoWays ways;

	@BeforeAll
	static void push(@TempDir Path directory) throws Exception {
		List.of(Question.APP, Question.DOCKER, Question.SIGNATURE)
			.forEach((image) -> image.blobs().forEach(STORAGE::hold));
		STORAGE.hold(Question.NAMED_BY_SHA512);
		ways = TwoWays.to(REGISTRY, directory);
		ways.pushAll();
	}

	@ParameterizedTest
	@MethodSource("dev.sluice.distribution.Question#all")
	void answersAsTheRegistryAndTheOtherHost(Question question) throws Exception {
		SameAnswer.check(question, ways.straight(question), ways.through(question));
	}

	@Test
	void saysOfABlobWhatTheOtherHostDoesNot() throws Exception {
		Question blob = Question.all()
			.filter((question) -> question.path().startsWith("blobs/"))
			.findFirst()
			.orElseThrow();
		int before = STORAGE.requests().count();
		HttpResponse<byte[]> through = ways.through(blob);
		assertThat(STORAGE.requests().count()).isEqualTo(before + 1);
		assertThat(TestClient.header(through, "Content-Type")).isEqualTo("application/octet-stream");
		assertThat("blobs/" + TestClient.header(through, "Docker-Content-Digest")).isEqualTo(blob.path());
		assertThat(TestClient.header(through, "Accept-Ranges")).isEqualTo("bytes");
	}

}
