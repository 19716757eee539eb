package dev.sluice.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;

/**
 * The two ways to a private registry: straight, with the password, and through Sluice,
 * which has the password, without.
 */
final class TwoWays implements AutoCloseable {

	/** What clients of Sluice call the registry. */
	static final String NAME = "corp.example.test";

	private static final String REPOSITORY = "acme/app";

	private static final String LOGIN = TestClient.basic(Distribution.USER, Distribution.PASSWORD);

	private final HttpClient connections = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Distribution registry;

	private final RunningSluice sluice;

	private final TestClient straight;

	private final TestClient through;

	private TwoWays(Distribution registry, RunningSluice sluice) {
		this.registry = registry;
		this.sluice = sluice;
		this.straight = TestClient.of(registry.url(), this.connections);
		this.through = TestClient.of(sluice.uri("").toString(), this.connections);
	}

	/** Starts Sluice in front of the registry, its Docker config in the directory. */
	static TwoWays to(Distribution registry, Path directory) {
		Path config = RunningSluice.dockerConfig(directory, registry.authority(), Distribution.USER,
				Distribution.PASSWORD);
		return new TwoWays(registry, RunningSluice.start("sluice.upstreams[0].name=" + NAME,
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.credentials.docker-config=" + config));
	}

	/** Pushes all that {@link Question#all()} asks for. */
	void pushAll() throws IOException, InterruptedException {
		Pusher pusher = new Pusher(this.connections, this.registry.url(), LOGIN);
		pusher.push(REPOSITORY, Question.APP, "1", "2", "3");
		pusher.push(REPOSITORY, Question.DOCKER, "docker");
		pusher.push(REPOSITORY, Question.SIGNATURE);
		pusher.push(REPOSITORY, Question.NAMED_BY_SHA512, Question.NAMED_BY_SHA512.sha512());
	}

	/**
	 * Follows a redirect to another host, without the password there; asks by GET where
	 * HEAD is refused.
	 */
	HttpResponse<byte[]> straight(Question question) throws IOException, InterruptedException {
		HttpResponse<byte[]> answer = this.straight.send(question.method(), path("", question),
				question.headersAnd("Authorization", LOGIN));
		if (SameAnswer.isRefusedHead(question, answer)) {
			return straight(question.byGet());
		}
		if (answer.statusCode() != 307) {
			return answer;
		}
		URI elsewhere = answer.uri().resolve(TestClient.header(answer, "Location"));
		return this.straight.send(question.method(), elsewhere.toString(), question.headersAnd());
	}

	HttpResponse<byte[]> straightWithoutPassword(Question question) throws IOException, InterruptedException {
		return this.straight.send(question.method(), path("", question), question.headersAnd());
	}

	HttpResponse<byte[]> through(Question question) throws IOException, InterruptedException {
		return this.through.send(question.method(), path(NAME + "/", question), question.headersAnd());
	}

	/** Follows a {@code Link} that came through Sluice. */
	HttpResponse<byte[]> throughLink(String link) throws IOException, InterruptedException {
		return this.through.get(link.substring(1, link.indexOf('>')));
	}

	/** As containerd asks: by {@code ns}, without a prefix. */
	HttpResponse<byte[]> throughNamespace(Question question) throws IOException, InterruptedException {
		return this.through.send(question.method(), path("", question) + "?ns=" + NAME, question.headersAnd());
	}

	private static String path(String prefix, Question question) {
		return "/v2/" + prefix + REPOSITORY + "/" + question.path();
	}

	@Override
	public void close() {
		this.straight.close();
		this.sluice.close();
	}

}
