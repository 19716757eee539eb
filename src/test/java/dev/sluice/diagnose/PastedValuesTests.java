package dev.sluice.diagnose;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Manifests, JSON, Terraform and Dockerfiles that people paste: the word for an image
 * stands before its name.
 */
class PastedValuesTests {

	private static final String IMAGE = "ghcr.io/acme/app:1.2.3";

	@ParameterizedTest
	@ValueSource(strings = { "{\"image\":\"%s\"}", "{\"Image\":\"%s\",\"Error\":\"x\"}", "\"image\":\"%s\",\"a\":1",
			"{\"level\":\"error\",\"msg\":\"pull failed\",\"ref\":\"%s\"}", "containers: [{name: web, image: %s}]",
			"resource \"docker_image\" \"app\" {\n  name = \"%s\"\n}", "Image=%s", "  image      = \"%s\"",
			"container_definitions = jsonencode([{\"name\":\"web\",\"image\":\"%s\"}])", "container: %s",
			"level=error msg=\"Attempting next endpoint for pull after error: denied\" remote=\"%s\"",
			"- name: web\n  image: %s\n  command: [\"sh\", \"-c\", \"docker pull redis:1\"]",
			"level=info msg=\"Pulling image: %s\" id=0a name=/runtime.v1.ImageService/PullImage",
			"2f5e1c2b3a4d   %s   \"/docker-entrypoint.…\"   3 seconds ago   Up 2 seconds   80/tcp   web" })
	void aValueNamesItsImage(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FROM %s\nRUN make", "FROM %s AS build\nRUN npm install && go build\nFROM build\nCMD run",
			"FROM %s\nCOPY --from=0 /a /b\nENTRYPOINT [\"docker\", \"run\", \"redis:1\"]",
			"from %s as build\nrun make\nfrom scratch\ncopy --from=build /a /b",
			"# syntax=docker/dockerfile:1\nFROM %s\nUSER app",
			"------\n > [internal] load metadata for %s:\n------\nDockerfile:1\n   1 | >>> FROM %s\n   2 |     RUN apk"
					+ " add curl\n-----\nERROR: failed to solve: %s: denied",
			"Dockerfile:3\n--------------------\n   1 |     FROM golang:1.22 AS build\n   2 |\n   3 | >>> FROM %s\n"
					+ "   4 |     COPY --from=build /a /b\n--------------------\nERROR: failed to solve: %s: denied" })
	void aDockerfileNamesItsBase(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "   1 |     FROM golang:1.22 AS build\n   2 | >>> RUN make",
			"   1 |     FROM golang:1.22 AS build\n   2 | >>> FROM build", "RUN make",
			"RUN --mount=type=cache,target=/x go build", "CMD [\"nginx\", \"-g\"]",
			"ENTRYPOINT [\"docker\", \"run\", \"nginx:9\"]", "COPY --from=build /a /b", "COPY a.txt b",
			"repository: acme/app", "registry: ghcr.io",
			"global:\n  imageRegistry: ghcr.io\nimage:\n  repository: acme/app\n  tag: 1",
			"image:\n  repository: ghcr.io/acme/app\n  tag: \"\"", "imagePullPolicy: Always", "pullImage: true",
			"NAME   READY   STATUS   RESTARTS   AGE\nweb-6d4cf56db6-8xk2p   0/1   ImagePullBackOff   0   2m",
			"pod/web-6d4cf56db6-8xk2p   0/1     ImagePullBackOff   0          2m",
			"deployment.apps/web        0/1     1            0           2m", "<none>  <none>  2f5e1c2b3a4d  12MB",
			"apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nlabels:\n  helm.sh/chart: web-1" })
	void whatIsNoImagesValueNamesNone(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("expected [registry/]repository[:tag][@digest]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			FROM nginx | nginx
			FROM nginx AS web;FROM web | nginx
			FROM --platform=linux/amd64 nginx:9 | nginx:9
			image: "nginx" | nginx
			services:;  registry:;    image: registry:2 | registry:2
			""")
	void aNameWithoutARegistryIsFoundBehindTheWordForIt(String pasted, String image) {
		assertThat(PastedImage.in(pasted.replace(';', '\n'))).isEqualTo(image);
	}

}
