package dev.sluice.diagnose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

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
			"nginx --platform linux/amd64" })
	void anImageWithoutARegistryIsFoundToo(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("nginx");
	}

}
