package dev.sluice.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job: a client without any credential pulls a private image.
 */
class PrivateImageTests {

	@Test
	void pullsAPrivateManifestWhenOnlySluiceHasTheCredential(@TempDir Path directory) throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.multiArch())) {
			Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
			try (RunningSluice sluice = RunningSluice.before("corp.example.test", registry, config)) {
				HttpResponse<String> answer = get(sluice.uri("/v2/corp.example.test/acme/app/manifests/1"));
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
				assertThat(tokens.exchanges()).isEqualTo(1);
			}
		}
	}

	private static HttpResponse<String> get(URI uri) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
		}
	}

}
