package dev.sluice.credential.dockerconfig;

import java.nio.charset.StandardCharsets;

import dev.sluice.credential.RegistryPattern;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.testing.LinearTime;

/** The keys of credential files, and patterns of registries. */
public final class ServerAddressFuzz {

	private static final RegistryName HOST = RegistryName.parse("a.b.c.d.e.f.registry.corp.example:5000");

	private static final RepositoryName REPOSITORY = new RepositoryName("acme/platform/app");

	private ServerAddressFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		LinearTime.spend(() -> {
			ServerAddress.parse(text);
			RegistryPattern.parse(text).ifPresent((pattern) -> pattern.covers(HOST, REPOSITORY));
		});
	}

}
