package dev.sluice.login;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import dev.sluice.testing.PullStream;
import dev.sluice.testing.RecordingServer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SecretMount;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A password that changes in a mounted secret, as a kubelet changes it, while pulls go
 * on: the new one is in use within five seconds, and no pull is lost while the old one
 * stays valid ten seconds longer.
 */
class SecretRotationTests {

	private static final int REPOSITORIES = 500;

	private static final TestImage IMAGE = TestImage.of(TestContent.random(50_000));

	private static final Duration OVERLAP = Duration.ofSeconds(10);

	private final Set<String> valid = ConcurrentHashMap.newKeySet();

	@TempDir
	private Path directory;

	@Test
	void newPasswordIsUsedWithinFiveSecondsAndNoPullIsLost() throws Exception {
		this.valid.add("old-password");
		try (TokenServer tokens = TokenServer.start().user("robot", this.valid, "*");
				TestRegistry byToken = filled(TestRegistry.token(tokens));
				TestRegistry byPassword = filled(TestRegistry.basic("robot", this.valid))) {
			SecretMount config = SecretMount.at(this.directory.resolve("docker"));
			SecretMount single = SecretMount.at(this.directory.resolve("single"));
			config.login(byToken.authority(), "robot", "old-password");
			single.write(login(byPassword, "old-password"));
			try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + this.directory);
					PullStream stream = PullStream.start(sluice, List.of(byToken.authority(), byPassword.authority()),
							REPOSITORIES, IMAGE)) {
				stream.awaitPulls(50);
				this.valid.add("new-password");
				long changed = System.nanoTime();
				config.login(byToken.authority(), "robot", "new-password");
				single.write(login(byPassword, "new-password"));
				awaitSeen("new-password", tokens, byPassword);
				assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(5));
				tokens.requests().clear();
				byPassword.requests().clear();
				Awaitility.await()
					.atMost(OVERLAP.plusSeconds(5))
					.until(() -> System.nanoTime() - changed >= OVERLAP.toNanos());
				this.valid.remove("old-password");
				int before = stream.pulls();
				stream.awaitPulls(before + 100);
				assertThat(stream.failures()).isEmpty();
				assertThat(seen("new-password", tokens)).isTrue();
				assertThat(seen("new-password", byPassword)).isTrue();
				assertThat(seen("old-password", tokens)).isFalse();
				assertThat(seen("old-password", byPassword)).isFalse();
			}
		}
	}

	private static TestRegistry filled(TestRegistry registry) {
		IntStream.range(0, REPOSITORIES).forEach((i) -> registry.push("acme/app" + i, "1", IMAGE));
		return registry;
	}

	private static Map<String, String> login(TestRegistry registry, String password) {
		return Map.of("username", "robot", "password", password, "registry", registry.authority());
	}

	private static void awaitSeen(String password, RecordingServer... servers) {
		for (RecordingServer server : servers) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(20))
				.atMost(Duration.ofSeconds(30))
				.until(() -> seen(password, server));
		}
	}

	private static boolean seen(String password, RecordingServer server) {
		String basic = TestClient.basic("robot", password);
		return server.requests().count((request) -> request.headerLines("Authorization").contains(basic)) > 0;
	}

}
