package dev.sluice.credential.dockerconfig;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** What must hold within the five seconds that a reload may take. */
final class Eventually {

	private Eventually() {
	}

	static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(25)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}
