package dev.sluice.diagnose;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Manifests, charts' values, kustomize, Terraform, JSON and Dockerfiles that people
 * paste.
 */
class PastedValuesTests {

	private static final String IMAGE = "ghcr.io/acme/app:1.2.3";

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
			"image:\n  name: acme/app\n  registry: ghcr.io\n  tag: 1.2.3" })
	void valuesBesideEachOtherNameOneImage(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"image\":\"%s\"}", "{\"Image\":\"%s\",\"Error\":\"x\"}", "\"image\":\"%s\",\"a\":1",
			"{\"level\":\"error\",\"msg\":\"pull failed\",\"ref\":\"%s\"}", "containers: [{name: web, image: %s}]",
			"resource \"docker_image\" \"app\" {\n  name = \"%s\"\n}", "Image=%s", "  image      = \"%s\"",
			"container_definitions = jsonencode([{\"name\":\"web\",\"image\":\"%s\"}])", "container: %s",
			"level=error msg=\"Attempting next endpoint for pull after error: denied\" remote=\"%s\"",
			"- name: web\n  image: %s\n  command: [\"sh\", \"-c\", \"docker pull redis:1\"]",
			"level=info msg=\"Pulling image: %s\" id=0a name=/runtime.v1.ImageService/PullImage",
			"ghcr.io/acme/app   1.2.3   2f5e1c2b3a4d   3 days ago   12MB",
			"REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\nghcr.io/acme/app  1.2.3  2f5e1c2b3a4d  3 days ago  12MB",
			"docker images\nREPOSITORY TAG IMAGE ID SIZE\nghcr.io/acme/app  1.2.3  2f5e1c2b3a4d  12MB",
			"2f5e1c2b3a4d   %s   \"/docker-entrypoint.…\"   3 seconds ago   Up 2 seconds   80/tcp   web" })
	void aValueNamesItsImage(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "FROM %s\nRUN make", "FROM %s AS build\nRUN npm install && go build\nFROM build\nCMD run",
			"FROM %s\nCOPY --from=0 /a /b\nENTRYPOINT [\"docker\", \"run\", \"redis:1\"]",
			"FROM %s\nRUN <<EOF\ndocker pull redis:1\nEOF\nCMD x",
			"from %s as build\nrun make\nfrom scratch\ncopy --from=build /a /b", "COPY --from=%s /a /b",
			"RUN --mount=type=bind,from=%s,target=/x make", "# syntax=docker/dockerfile:1\nFROM %s\nUSER app",
			"------\n > [internal] load metadata for %s:\n------\nDockerfile:1\n   1 | >>> FROM %s\n   2 |     RUN apk"
					+ " add curl\n-----\nERROR: failed to solve: %s: denied" })
	void aDockerfileNamesItsBase(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RUN make", "RUN --mount=type=cache,target=/x go build", "CMD [\"nginx\", \"-g\"]",
			"ENTRYPOINT [\"docker\", \"run\", \"nginx:9\"]", "RUN docker pull ghcr.io/acme/app:1",
			"COPY --from=build /a /b", "COPY a.txt b", "repository: acme/app", "registry: ghcr.io",
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

}
