package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A configuration file with one login, for ghcr.io, that goes by a name.
 *
 * @param path where it is
 */
record WrittenConfig(Path path) {

	void write(String content) throws IOException {
		Files.writeString(this.path, content);
	}

	static Credential basic(String name) {
		return new Credential.Basic("user", new Secret("secret-" + name));
	}

	static String config(String name) {
		return "{\"auths\":{\"ghcr.io\":{\"auth\":\"" + base64(name) + "\"}}}";
	}

	static String base64(String name) {
		return Base64.getEncoder().encodeToString(("user:secret-" + name).getBytes(UTF_8));
	}

}
