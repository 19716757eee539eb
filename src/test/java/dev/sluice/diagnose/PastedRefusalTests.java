package dev.sluice.diagnose;

import java.util.List;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What people paste and nothing here makes out: it is refused, for a wrong image is worse
 * than none.
 */
class PastedRefusalTests {

	@ParameterizedTest
	@ValueSource(strings = { "registry: ghcr.io\nrepository: acme/app\ntag: 1.2.3",
			"image:\n  registry: ghcr.io\n  repository: acme/app\n  tag: \"1.2.3\"\n  digest: \"\"",
			"image:\n  repository: ghcr.io/acme/app\n  tag: 1.2.3\n  pullPolicy: Always",
			"image: {registry: ghcr.io, repository: acme/app, tag: 1.2.3}",
			"{\"registry\":\"ghcr.io\",\"repository\":\"acme/app\",\"tag\":\"1.2.3\"}",
			"image:\n  registry: ghcr.io\n  image: acme/app\n  tag: 1.2.3\nx:\n  tag: 2",
			"web:\n  image: acme/app\n  imageTag: 1.2.3\n  imageRegistry: ghcr.io",
			"images:\n- name: nginx\n  newName: ghcr.io/acme/app\n  newTag: 1.2.3",
			"images:\n  - name: ghcr.io/acme/app\n    newTag: \"1.2.3\"",
			"helm install web ./chart --set image.repository=ghcr.io/acme/app --set image.tag=1.2.3 -n prod",
			"helm install web . --set image.registry=ghcr.io,image.repository=acme/app,image.tag=1.2.3",
			"dependencies:\n- name: app\n  version: 1.2.3\n  repository: oci://ghcr.io/acme",
			"docker_image: name=ghcr.io/acme/app tag=1.2.3",
			"image:\n  name: acme/app\n  registry: ghcr.io\n  tag: 1.2.3",
			"helm upgrade --install web acme/web --set image.repository=ghcr.io/acme/app --set image.tag=1",
			"resource \"helm_release\" \"a\" {\n  repository = \"oci://ghcr.io/acme\"\n  chart = \"app\"\n}",
			"repoURL: ghcr.io/acme\nchart: app\ntargetRevision: 1.2.3",
			"url: oci://ghcr.io/acme/app\nref:\n  semver: 1.x", "image: acme/app\ntag: 1.2.3",
			"image: ghcr.io/acme/app\ndigest: sha256:0", "{\"image\":\"ghcr.io/acme/app\",\"tag\":\"1\"}",
			"level=error image=ghcr.io/acme/app tag=1.2.3", "REGISTRY=ghcr.io\nIMAGE=acme/app:1",
			"IMAGE_REGISTRY=ghcr.io\nIMAGE=acme/app:1", "REGISTRY_URL=ghcr.io\nIMAGE=acme/app:1",
			"DOCKER_REGISTRY=ghcr.io\nIMAGE=acme/app:1", "CI_REGISTRY: ghcr.io\nimage: acme/app:1",
			"registry_url: ghcr.io\nimage: acme/app:1", "hub: docker.io/istio\nimage: pilot",
			"export REGISTRY=ghcr.io\nexport IMAGE=acme/app:1", "IMAGE=ghcr.io/acme/app\nTAG=1.2",
			"IMAGE=ghcr.io/acme/app\nIMAGE_TAG=1.2", "IMAGE=ghcr.io/acme/app\nVERSION=1.2",
			"image: ghcr.io/acme/app\nimage_tag: 1.2", "image: ghcr.io/acme/app\nversion: 1.2",
			"image: ghcr.io/acme/app\nimageVersion: 1.2", "Image: ghcr.io/acme/app\nTag: 2",
			"{\"Name\":\"ghcr.io/acme/app\",\"Tag\":\"1\",\"Digest\":\"sha256:00\"}",
			"{\n    \"Name\": \"ghcr.io/acme/app\",\n    \"Digest\": \"sha256:00\"\n}" })
	void aNameThatIsSpreadOverValuesIsNotPutTogether(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("spread over several values")
			.withMessageContaining("paste it as a client would name it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull ghcr.io/acme/app:1\nrepository: acme/app\ntag: 2",
			"helm pull oci://ghcr.io/acme/app --version 1 --set image.tag=2" })
	void aCommandNamesItsImageBesideSuchValues(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "version: '3'\nservices:\n  web:\n    image: ghcr.io/acme/app:1",
			"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ghcr.io/acme/app:1",
			"Digest: sha256:00\nStatus: Downloaded newer image for ghcr.io/acme/app:1",
			"REGISTRY=ghcr.io\nIMAGE=ghcr.io/acme/app:1", "CI_REGISTRY=ghcr.io\ndocker pull ghcr.io/acme/app:1",
			"APP_VERSION=1.2\nIMAGE=ghcr.io/acme/app:1" })
	void aWholeNameStaysBesideSuchValues(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghcr.io/acme/app   1.2.3   2f5e1c2b3a4d   3 days ago   12MB",
			"REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\nghcr.io/acme/app  1.2.3  2f5e1c2b3a4d  3 days ago  12MB",
			"docker images\nREPOSITORY TAG IMAGE ID SIZE\nghcr.io/acme/app  1.2.3  2f5e1c2b3a4d  12MB",
			"ghcr.io/acme/app  stable  2f5e1c2b3a4d5  12MB", "ghcr.io/acme/app  <none>  sha256:2f5e1c2b3a4d  12MB",
			"ghcr.io/acme/app  1.2.3", "ghcr.io/acme/app in version 1.2.3",
			"2f5e1c2b3a4d   nginx:1   \"/docker-entrypoint.…\"   3 seconds ago   Up 2 seconds   80/tcp   web" })
	void aRowOfATableIsNoImage(String pasted) {
		assertRefused(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "COPY --from=ghcr.io/acme/app:1 /a /b",
			"RUN --mount=type=bind,from=ghcr.io/acme/app:1,target=/x make",
			"FROM ghcr.io/acme/app:1\nRUN <<EOF\ndocker pull redis:1\nEOF\nCMD x", "FROM nginx:1 AS a\nFROM alpine",
			"image: bitnami/kubectl\nimage: bitnami/kubectl\n/usr/bin/docker pull ghcr.io/acme/app:1" })
	void whereSeveralImagesMayBeMeantThereIsNone(String pasted) {
		assertRefused(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "image: ghcr.io/acme/app\nimage: ghcr.io/acme/app:1",
			"image: ghcr.io/acme/app:1\nimage: ghcr.io/acme/app:1@sha256:00",
			"docker pull ghcr.io/acme/app\ndocker pull ghcr.io/acme/app:1",
			"FROM ghcr.io/acme/app AS a\nFROM ghcr.io/acme/app:1", "docker pull nginx\nimage: nginx:1",
			"docker pull ghcr.io/acme/app:1; docker pull 127.0.0.1:5050/ghcr.io/acme/app:1",
			"Pulling image \"127.0.0.1:5050/nginx:1\"; Pulling image \"nginx:1\"" })
	void whatIsWrittenTwiceWithAndWithoutATagIsTwoImages(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("several images");
	}

	@ParameterizedTest
	@ValueSource(strings = { "failed to solve: alpine:3.99: not found", "docker pull failed for ghcr.io/acme/app:1",
			"docker pull failed for nginx", "docker run is broken for ghcr.io/acme/app:1",
			"kubectl says: failed to pull image ghcr.io/acme/app:1: denied", "crictl pull failed: ghcr.io/acme/app:1",
			"docker pull nginx failed", "why does docker pull fail", "if docker pull fails", "Docker pull is slow",
			"pull nginx:1" })
	void aSentenceIsNotRead(String pasted) {
		assertRefused(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "anon/x:1 nginx:2", "anon/x:1 nginx:2 redis:3", "anon/x:1 nginx:2\n", "anon/x:1, nginx:2",
			"nginx\nredis" })
	void ofSeveralWordsNoneIsAnImageWithoutItsRegistry(String pasted) {
		assertRefused(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://quay.io/repository/acme/app/manifest/sha256:00", "https://github.com/acme/app",
			"https://github.com/acme/repo/pkgs/container/app/12345", "https://hub.docker.com/r/acme/app/tags?name=1.2",
			"https://gitlab.com/a/b/container_registry/1", "https://hub.docker.com/u/acme", "hub.docker.com/r/acme/app",
			"github.com/acme/app", "https://hub.docker.com/layers/acme/app", "docker pull github.com/acme/app",
			"https://gallery.ecr.aws/acme", "https://quay.io/organization/acme" })
	void aPageThatNamesNoImageForGoodIsNone(String pasted) {
		assertRefused(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "docker pull %s", "image: %s", "image: \"%s\"", "FROM %s", "the image is %s",
			"kubectl run x --image=%s", "skopeo inspect docker://%s", "Failed to pull image \"%s\": denied", "image=%s",
			"docker run --rm %s" })
	void aNameThatIsCutOffIsNone(String pasted) {
		for (String name : List.of("ghcr.io/acme/app:", "ghcr.io/acme/app…", "ghcr.io/acme/app...",
				"ghcr.io/acme/app:1.2...", "ghcr.io/acme/app:1…")) {
			assertRefused(pasted.replace("%s", name));
		}
	}

	private static void assertRefused(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted));
	}

}
