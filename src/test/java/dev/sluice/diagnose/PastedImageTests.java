package dev.sluice.diagnose;

import dev.sluice.oci.RequestException;
import dev.sluice.testing.LinearTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What people paste to have explained: it is the image that they mean.
 */
class PastedImageTests {

	private static final String IMAGE = "127.0.0.1:5050/ghcr.io/acme/app:1";

	@ParameterizedTest
	@ValueSource(strings = { "%s", "  %s \n", "'%s'", "\"%s\",", "https://%s", "http://%s/", "docker://%s",
			"docker pull %s", "$ docker pull -q %s", "sudo docker image pull --platform linux/amd64 %s # amd64 alone",
			"docker pull %s && docker run --rm %s", "docker pull %s | cat", "docker run --rm -it %s sh",
			"docker run -d -p 8080:80 -v /a:/b --gpus all %s /bin/serve --verbose", "docker manifest inspect -v %s",
			"podman pull --tls-verify=false %s", "podman pull --cert-dir /etc/certs %s", "crane manifest %s",
			"crane manifest %s --platform linux/amd64", "skopeo inspect --creds me:a/b docker://%s",
			"skopeo copy docker://%s dir:/tmp/x", "crictl pull --creds me:pass %s",
			"ctr -n k8s.io images pull --user me:pass --hosts-dir /etc/containerd/certs.d %s", "oras pull %s -o dir",
			"nerdctl --namespace k8s.io pull %s", "kubectl run app --image=%s --restart=Never", "FROM %s AS build",
			"FROM --platform=linux/amd64 %s", "- image: %s", "image: \"%s\"",
			"Failed to pull image \"%s\": rpc error: code = NotFound", "Back-off pulling image \"%s\"",
			"curl -H 'Accept: application/json' http://127.0.0.1:5050/v2/ghcr.io/acme/app/manifests/1" })
	void theImageIsFoundInWhatIsPasted(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nginx", "docker pull nginx", "docker run --rm nginx sh", "docker run -p 8080:80 nginx",
			"image: nginx", "  - image: nginx  # pinned", "services:\n  web:\n    image: nginx\n    ports: [80]",
			"nginx --platform linux/amd64" })
	void anImageWithoutARegistryIsFoundToo(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("nginx");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sudo -E env HTTPS_PROXY=http://10.0.0.1:3128 docker pull %s",
			"DOCKER_CONFIG=/tmp/c docker pull %s;", "root@node-1:~# crictl pull %s",
			"me@host:~$ /usr/bin/docker pull %s", "docker.exe pull %s", "docker pull %s 2>&1 | tee /tmp/log",
			"docker pull %s&&echo ok", "ssh node-1 sudo crictl pull %s",
			"kubectl exec -it node-debugger -- crictl pull %s", "sh -c \"docker pull %s\"",
			"time docker pull \\\n  --quiet \\\n  %s", "k3s crictl pull %s",
			"docker login -u me -p pass a.example && docker pull %s", "docker login a.example:5000; docker pull %s",
			"docker pull %s\nError response from daemon: Get \"https://ghcr.io/v2/\": net/http: request canceled",
			"docker buildx imagetools inspect %s", "`docker pull %s`", "regctl manifest get %s", "crane digest %s",
			"crane ls %s", "cosign verify --key k8s://a/b %s", "trivy image --severity HIGH %s", "grype %s",
			"kubectl set image deployment/web web=%s", "kubectl debug node/a --image %s", "sluice explain %s",
			"{\"containers\":[{\"name\":\"a\",\"image\":\"%s\"}]}", "  image: %s  # pinned", "Image:          %s",
			"Normal   Pulling  2m (x4 over 4m)  kubelet  Pulling image \"%s\"",
			"Warning  Failed  1s  kubelet  Failed to pull image \"%s\": failed to pull and unpack image \"%s\": failed"
					+ " to resolve reference \"%s\": failed to do request: Head \"https://a.example/v2/x/manifests/1\":"
					+ " dial tcp: lookup a.example: no such host",
			"time=\"2026-11-27T03:00:00Z\" level=error msg=\"PullImage \\\"%s\\\" failed\" error=\"rpc error: code ="
					+ " NotFound desc = failed to resolve reference \\\"%s\\\": not found\"",
			"E1127 03:00:00 1 remote_image.go:180] \"PullImage from image service failed\" err=\"x\" image=\"%s\"",
			"Unable to find image '%s' locally", "Trying to pull %s...",
			"Error: initializing source docker://%s: reading"
					+ " manifest 1 in 127.0.0.1:5050/ghcr.io/acme/app: manifest unknown",
			"docker: Error response from daemon: manifest for %s not found: manifest unknown: manifest unknown.",
			"Error response from daemon: pull access denied for %s, repository does not exist or may require 'docker"
					+ " login': denied: requested access to the resource is denied",
			"Error: GET http://127.0.0.1:5050/v2/ghcr.io/acme/app/manifests/1: MANIFEST_UNKNOWN",
			"Head \"http://127.0.0.1:5050/v2/ghcr.io/acme/app/manifests/1\": EOF" })
	void whatIsPastedAtThreeInTheMorningNamesItsImage(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					[::1]:5050/anon/x:1 | [::1]:5050/anon/x:1
					"[::1]:5050/anon/x:1", | [::1]:5050/anon/x:1
					([2001:db8::1]/anon/x) | [2001:db8::1]/anon/x
					docker pull [::1]:5050/anon/x:1 | [::1]:5050/anon/x:1
					http://[::1]:5050/v2/anon/x/manifests/1 | [::1]:5050/anon/x:1
					["nginx:1"] | nginx:1
					helm pull oci://ghcr.io/acme/chart --version 1.2.3+4 | ghcr.io/acme/chart:1.2.3_4
					helm install web oci://ghcr.io/acme/chart | ghcr.io/acme/chart
					GET /v2/acme/app/manifests/1?ns=ghcr.io HTTP/1.1 | ghcr.io/acme/app:1
					https://ghcr.io/v2/acme/app/blobs/sha256:00 | ghcr.io/acme/app
					https://ghcr.io/v2/acme/app/manifests/sha256:00?x=1 | ghcr.io/acme/app@sha256:00
					https://hub.docker.com/_/nginx?tab=tags | docker.io/nginx
					https://hub.docker.com/r/acme/app/tags | docker.io/acme/app
					https://quay.io/repository/acme/app?tab=tags | quay.io/acme/app
					https://github.com/acme/repo/pkgs/container/app | ghcr.io/acme/app
					https://github.com/orgs/acme/packages/container/package/app | ghcr.io/acme/app
					https://gallery.ecr.aws/acme/app | public.ecr.aws/acme/app
					https://hub.docker.com/layers/grafana/grafana/11.1.0/images/sha256-00 | docker.io/grafana/grafana:11.1.0
					https://quay.io/repository/acme/app?tab=tags&tag=v1.8.0 | quay.io/acme/app:v1.8.0
					https://github.com/acme/repo/pkgs/container/app/12345?tag=1.2 | ghcr.io/acme/app:1.2
					https://github.com/acme/repo/pkgs/container/charts%2Fapp | ghcr.io/acme/charts/app
					http://127.0.0.1:5050/v2/acme/app/manifests/sha256%3A00?ns=localhost%3A5000 | localhost:5000/acme/app@sha256:00
					Failed to pull image "nginx:9": failed to resolve reference "docker.io/library/nginx:9" | nginx:9
					""")
	void whatStandsAroundAnImageIsNoneOfIt(String pasted, String image) {
		assertThat(PastedImage.in(pasted)).isEqualTo(image);
	}

	@ParameterizedTest
	@ValueSource(strings = { "➜  ~ docker pull %s", "➜  app docker pull %s", "❯ docker pull %s", "λ docker pull %s",
			"C:\\Users\\me>docker pull %s", "/ # docker pull %s", "~ # docker pull %s", "/srv/app # docker pull %s",
			"docker\u00a0pull\u00a0%s", "\ufeffdocker pull %s", "docker pull %s\u200b", "image:\u00a0%s",
			"\u001b[31mdocker pull %s\u001b[0m", "Failed to pull image \"\u001b[1m%s\u001b[0m\": denied",
			"docker pull **%s**", "**%s**", "Failed to pull **%s**", "docker pull “%s”", "- run: docker pull %s",
			"(docker pull %s)", "```\ndocker pull %s\n```", "```sh\ndocker pull %s\n```", "```\n%s\n```",
			"- run: |\n    docker pull %s", "> docker pull %s" })
	void whatATerminalOrAPageAddsIsLeftOut(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", IMAGE))).isEqualTo(IMAGE);
	}

	@Test
	void aRequestNamesItsRegistryInItsHeader() {
		assertThat(PastedImage.in("GET /v2/acme/app/manifests/1 HTTP/1.1\nHost: ghcr.io\nAuthorization: Bearer x"))
			.isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "user:SECRET@host.example/x:1", "docker pull user:SECRET@host.example/x:1",
			"https://user:SECRET@host.example/x:1", "docker://user:SECRET@host.example/x:1",
			"https://user:SE/CRET@host.example/v2/x/manifests/1", "user:SE/CR@ET@host.example/x:1",
			"Failed to pull image \"user:SECRET@host.example/x:1\": denied", "image: user:SECRET@host.example/x:1",
			"curl -u me:SECRET https://host.example/v2/x/manifests/1", "crane manifest me:SECRET@host.example/x:1",
			"docker login -u me -p SECRET/x host.example && docker pull host.example/x:1",
			"https://host.example/v2/x/manifests/1?token=SECRET" })
	void aLoginThatIsPastedAlongIsLeftOut(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("host.example/x:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "user:SECRET@host.example:5000", "user:SECRET@", "docker login -u me -p SECRET a.example",
			"docker login me:SECRET@a.example/x", "docker pull --creds me:SECRET", "docker pull -u SECRET/x",
			"-p SECRET", "https://user:SECRET@host.example/v2/", "a:SECRET@b/x c:SECRET@d/y", "PASSWORD=SECRET",
			"SECRET:1@nothing here", "https://auth.example/token?scope=SECRET&account=a@b", "SECRET@sha256:00@x" })
	void anErrorHasNothingOfALoginInIt(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("SECRET"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "oci://", "docker://user:SECRET@", "Get \"https://host.example/v2/\"",
			"https://host.example/v2/", "https://host.example",
			"Error response from daemon: Get \"https://host.example/v2/\": net/http: request canceled", "docker login",
			"docker login a.example/b", "docker pull", "docker ps -a", "docker compose pull web",
			"docker-compose pull web", "helm repo add acme https://charts.example/x", "kubectl get pods -n default",
			"toomanyrequests: You have" + " reached your pull rate limit. https://www.docker.com/increase-rate-limit",
			"error pulling image configuration: EOF", "unauthorized: authentication required", "", " \n ", "\"\"",
			"$ " })
	void whatNamesNoImageIsToldSo(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("expected [registry/]repository[:tag][@digest]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull anon/x:1 && docker pull nginx:2", "docker pull anon/x:1\ndocker pull nginx:2",
			"image: anon/x:1\nimage: nginx:2", "Pulling image \"anon/x:1\"; Pulling image \"nginx:2\"",
			"FROM anon/x:1 AS a\nFROM nginx:2", "docker run anon/x:1\nUnable to find image 'nginx:2' locally" })
	void ofSeveralImagesNoneIsChosen(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("several images are named, 'anon/x:1' and 'nginx:2'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a", "\\", "\"", "[", "image=", "image ", "a/", "@", "a@b/", "/v2/a/manifests/", "docker pull ",
					"-", "a:", ";", "|", "&&", "docker ", "x\\\n", "docker://", "a/b ", "[:", ".", "a.", "a:b@" })
	void longTextTakesLinearTime(String piece) {
		String text = piece.repeat(8 * 1024 / piece.length());
		LinearTime.spend(() -> {
			try {
				PastedImage.in(text);
			}
			catch (RequestException.Malformed expected) {
				assertThat(expected).isNotNull();
			}
		});
	}

}
