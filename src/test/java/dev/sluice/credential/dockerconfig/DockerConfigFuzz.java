package dev.sluice.credential.dockerconfig;

import dev.sluice.testing.LinearTime;

/** A config.json or auth.json, and what a Kubernetes secret holds of one. */
public final class DockerConfigFuzz {

	private DockerConfigFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] content) {
		LinearTime.spend(() -> {
			try {
				new DockerConfigParser().parse(content);
			}
			catch (MalformedConfigException ex) {
				// that is its answer
			}
			try {
				PatternLogins.read(content);
			}
			catch (MalformedConfigException ex) {
				// that is its answer
			}
		});
	}

}
