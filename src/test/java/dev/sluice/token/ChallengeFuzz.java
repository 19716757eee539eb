package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.sluice.testing.LinearTime;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport.Referrer;

/** A registry's challenges, and what they ask for; lines end with a line feed. */
public final class ChallengeFuzz {

	private static final Referrer FROM = new Referrer(Origin.of("https", "registry.example"), Reach.PUBLIC);

	private static final SentSecrets SENT = SentSecrets.of(List.of("s3cret"));

	private ChallengeFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		List<String> lines = Arrays.asList(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
		LinearTime.spend(() -> Challenge.parse(lines).forEach(ChallengeFuzz::read));
	}

	private static void read(Challenge challenge) {
		challenge.redacted(SENT);
		Demand.Bearer.of(challenge, FROM, SENT).ifPresent((demand) -> demand.scope().parts());
	}

}
