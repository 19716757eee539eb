package dev.sluice.diagnose;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What clients and clusters say, and people about them.
 */
class PastedProseTests {

	private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

	@ParameterizedTest
	@ValueSource(strings = {
			"pull access denied for %s, repository does not exist or may require 'docker login': denied",
			"push access denied for %s", "pull failed: %s: not found", "run failed: unable to pull %s",
			"initializing source docker://%s: Docker references fail", "I use the docker registry for %s",
			"Push or pull failed for %s", "Explain why %s fails", "Run the image %s", "from node-1: ErrImagePull %s",
			"No such image: %s", "Failed to pull image: %s: denied", "Checking image status: %s", "Image %s not found",
			"time=\"2026\" level=info msg=\"Trying to access \\\"%s\\\"\"", "FATA[0002] failed to resolve ref %s: x",
			"{\"log\":\"Failed to pull image \\\"%s\\\": not found\\n\",\"stream\":\"stderr\"}",
			"LAST SEEN   TYPE     OBJECT    MESSAGE\n3m   Normal   Pulling   pod/web   Pulling image \"%s\"",
			"docker login -u me -p x ghcr.io\nFailed to pull image \"%s\": not found" })
	void aMessageNamesItsImage(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", "ghcr.io/acme/app:1"))).isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Error: reading manifest 1 in ghcr.io/acme/app: manifest unknown | ghcr.io/acme/app:1
					reading manifest latest in docker.io/acme/app: denied | docker.io/acme/app:latest
					pull access denied for nginx2, repository does not exist | nginx2
					Status: Downloaded newer image for nginx:9 | nginx:9
					GET https://ghcr.io/v2/acme/app/manifests/1: MANIFEST_UNKNOWN: manifest unknown; unknown tag=1 | ghcr.io/acme/app:1
					[internal] load metadata for docker.io/library/alpine:3.20 | docker.io/library/alpine:3.20
					couldn't parse image name "ghcr.io/Acme/App:1": invalid reference format | ghcr.io/Acme/App:1
					Error: initializing source docker://ghcr.io/acme/app:1: (Mirrors also failed: [127.0.0.1:5050/ghcr.io/acme/app:1: reading manifest 1 in 127.0.0.1:5050/ghcr.io/acme/app: denied]): denied | ghcr.io/acme/app:1
					docker pull ghcr.io/acme/app; Failed to pull image "ghcr.io/acme/app:1" | ghcr.io/acme/app:1
					docker pull nginx:1; Error: pull access denied for nginx, denied | nginx:1
					why does helm not find oci://ghcr.io/acme/chart | ghcr.io/acme/chart
					""")
	void whatIsSaidAroundItIsNoneOfIt(String pasted, String image) {
		assertThat(PastedImage.in(pasted)).isEqualTo(image);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ghcr.io/acme/app:1%s | ghcr.io/acme/app%s | ghcr.io/acme/app:1%s
			ghcr.io/acme/app%s | ghcr.io/acme/app:1%s | ghcr.io/acme/app:1%s
			ghcr.io/acme/app:1%s | ghcr.io/acme/app:1 | ghcr.io/acme/app:1%s
			nginx:1%s | docker.io/library/nginx%s | nginx:1%s
			nginx@sha256:X | nginx:1%s | several
			""")
	void aTagAndADigestAreOneImageWithTheDigestAlone(String first, String second, String image) {
		String other = DIGEST.replace('0', '1');
		String pasted = ("Failed to pull image \"" + first + "\": failed to resolve reference \"" + second + "\"")
			.replace("%s", DIGEST)
			.replace("@sha256:X", other);
		if (image.equals("several")) {
			assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
				.withMessageContaining("several images");
		}
		else {
			assertThat(PastedImage.in(pasted)).isEqualTo(image.replace("%s", DIGEST));
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Pull complete", "pull access denied, repository does not exist or may require 'docker login'",
					"Run docker/build-push-action@v5", "git clone https://github.com/acme/app",
					"panic: cmd/app/main.go:12", "ubuntu:22.04 is missing", "failed to pull image: unauthorized", "0/1",
					"docker says the same", "go: github.com/acme/app not found", "dial tcp 10.0.0.1/24: i/o timeout",
					"ErrImagePull", "docker: denied: requested access to the resource is denied" })
	void whereNothingNamesAnImageThereIsNone(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("expected [registry/]repository[:tag][@digest]");
	}

}
