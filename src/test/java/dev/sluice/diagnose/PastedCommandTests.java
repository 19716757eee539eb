package dev.sluice.diagnose;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commands that people paste: the image is where the client looks for it.
 */
class PastedCommandTests {

	private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

	@ParameterizedTest
	@ValueSource(strings = { "docker run --oom-kill-disable nginx:9 bash", "docker run --no-hosts nginx:9 sleep",
			"docker run --no-healthcheck --disable-content-trust nginx:9 bash",
			"podman run --systemd=always --rmi nginx:9 sleep",
			"docker run --read-only --init -P --publish-all --privileged --sig-proxy --use-api-socket -q nginx:9 bash",
			"podman run --env-host --http-proxy --infra --no-hostname --passwd --read-only-tmpfs --replace nginx:9 sh",
			"podman run --tls-verify --unsetenv-all --rootfs nginx:9 sh", "nerdctl run --insecure-registry nginx:9 sh",
			"docker run -itdp8080:80 nginx:9 sh", "docker run -itde A=b -uapp:app nginx:9 sh",
			"docker run --network container:web -v a/b:/c --add-host a:1.2.3.4 -l a/b nginx:9 sh",
			"docker run --rm nginx:9 app --image=redis:1", "docker run nginx:9 docker pull redis:1",
			"docker create --name a/b nginx:9 redis:1", "docker run -v $PWD:/x nginx:9 docker pull redis:1",
			"docker run nginx:9 sh -c \"echo a; docker pull redis:1\"",
			"docker run --health-cmd \"curl localhost || exit 1\" nginx:9 bash",
			"docker run -e \"A=b c\" -e 'D=e f/g:1' nginx:9 sh", "sh -c \"docker run -e 'A=b c' nginx:9 sh\"",
			"docker service create --with-registry-auth nginx:9 sh" })
	void whatStandsBeforeAndBehindTheImageOfARunIsNone(String pasted) {
		assertThat(PastedImage.in(pasted)).isEqualTo("nginx:9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crictl inspecti %s", "crictl -r unix:///x.sock pull %s", "trivy i %s",
			"trivy --quiet i %s", "trivy image --ignore-unfixed %s", "oc new-app %s", "oc new-app --docker-image=%s",
			"oc new-app %s~https://a.example/b", "oc import-image app:1 --from=%s --confirm", "oc image info %s",
			"oc tag %s app:latest", "ctr -a /run/x.sock -n k8s.io i pull -k %s", "ctr images export x.tar %s",
			"ctr run --rm -t %s id sh", "nerdctl -n k8s.io --debug pull -q %s", "crane push x.tar %s", "grype %s",
			"syft scan %s", "docker exec kind-control-plane crictl pull %s", "ssh node-1 'sudo crictl pull %s'",
			"ssh node-1 \"sudo sh -c 'docker pull %s'\"",
			"skopeo copy --preserve-digests docker://%s docker://b.example/c:1",
			"kubectl run -it x --image=%s -- sh -c 'docker pull x:1'", "kubectl set image deployment/web web=%s",
			"docker pull %s failed", "docker --log-level debug run %s sh", "oras copy %s --to-oci-layout x:1",
			"docker trust inspect %s", "cosign download sbom %s", "docker run --rm --user $(id -u) %s make test",
			"docker run -v $(pwd):/x -e HOST=$(hostname -f) %s sh", "digest=$(crane digest %s)",
			"docker run --group-add $(getent group docker | cut -d: -f3) %s sh",
			"docker run -e TOKEN=$(echo 'a b/c:1') %s sh", "docker run --entrypoint \"\" %s sh",
			"docker run -e '' %s sh", "docker run --user `id -u` %s sh", "a;docker pull %s;b", "tag=`crane digest %s`",
			"docker push %s", "syft %s", "skopeo list-tags docker://%s",
			"cosign verify --certificate-identity https://b.example/c --certificate-oidc-issuer https://d.example %s",
			"curl -sL https://ghcr.io/v2/acme/app/manifests/1",
			"curl -fsS 'http://127.0.0.1:5050/v2/acme/app/manifests/1?ns=ghcr.io' | jq .",
			"curl -e https://quay.io/v2/a/b/manifests/2 https://ghcr.io/v2/acme/app/manifests/1",
			"curl -se https://quay.io/v2/a/b/manifests/2 https://ghcr.io/v2/acme/app/manifests/1",
			"wget --referer https://quay.io/v2/a/b/manifests/2 https://ghcr.io/v2/acme/app/manifests/1",
			"[root@node ~]# docker pull %s", "PS C:\\> docker pull %s", "me@mac ~ % docker pull %s",
			"docker pull %s\nGet \"https://auth.example/token?scope=repository:x/y:pull\": EOF from b.example/c" })
	void eachClientsImageIsFound(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", "ghcr.io/acme/app:1"))).isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker network create a/b:1", "docker volume inspect web", "docker inspect web",
			"docker cp web:/a b", "docker config ls", "docker export web", "docker build -t ghcr.io/acme/app:1 .",
			"docker build --build-arg BASE=ghcr.io/acme/base:1 .", "docker run --newoption a/b:1 nginx:9 sh",
			"docker run --newoption nginx sh", "docker pull --newoption ghcr.io/acme/app:1", "buildah run web make",
			"buildah run ghcr.io/a/b:1 make", "podman push 2f5e1c2b3a4d ghcr.io/acme/app:1",
			"podman push ghcr.io/a/b:1 docker://ghcr.io/acme/app:1",
			"docker buildx imagetools create -t ghcr.io/acme/app:1 nginx:9", "podman pull docker-archive:/x.tar",
			"podman pull docker-archive:x.tar", "skopeo copy oci:x docker://ghcr.io/acme/app:1",
			"skopeo inspect docker-archive:/x.tar", "grype registry:ghcr.io/acme/app:1", "syft dir:x",
			"curl -H 'Host: ghcr.io' http://127.0.0.1/v2/acme/app/manifests/1", "curl https://ghcr.io/v2/",
			"docker compose run web nginx:9", "crictl inspect 2f5e1c2b3a4d", "crictl run a.json b.json", "trivy fs .",
			"helm push x.tgz oci://ghcr.io/acme", "kubectl get pods", "oc get pods", "docker run --rm",
			"docker compose pull && exit", "docker compose pull; ls", "docker images | less", "docker ps\nhunter2",
			"docker ps\ns3c/ret:1", "docker version; uname", "podman --version\n4.9.3" })
	void aCommandThatIsAboutSomethingElseNamesNone(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("expected [registry/]repository[:tag][@digest]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull $IMAGE", "docker pull ${REGISTRY}/app:1", "image: {{ .Values.image }}",
			"image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"", "FROM ghcr.io/acme/base:${VERSION}",
			"image: ${REGISTRY:-ghcr.io}/acme/app:${TAG:-1}", "image = \"${var.registry}/app:1\"",
			"docker pull $(cat image.txt)", "docker pull \"$(cat image.txt)\"", "image: $(REGISTRY)/app:1",
			"docker run -it $(docker build -q .)", "docker pull `cat image.txt`",
			"docker pull nginx:1\ndocker pull $IMAGE", "kubectl run x --image=$(cat image)" })
	void aVariableIsNoImage(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("by a variable");
	}

	@ParameterizedTest
	@CsvSource({ "image: bitnami/kubectl, bitnami/kubectl", "image: ghcr.io/acme/oc, ghcr.io/acme/oc",
			"helm pull oci://ghcr.io/acme/web:1.2.3 --version 1.2.3, ghcr.io/acme/web:1.2.3",
			"helm pull oci://ghcr.io/acme/web --version 1.2.3, ghcr.io/acme/web:1.2.3" })
	void anImageThatIsCalledAsAClientIsNoCommandAndATagIsThereOnce(String pasted, String image) {
		assertThat(PastedImage.in(pasted)).isEqualTo(image);
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull ghcr.io/acme/app 1.2", "docker pull nginx latest",
			"docker pull ghcr.io/acme/app failed", "docker pull --newoption ghcr.io/acme/app:1",
			"docker run --newoption a/b:1 nginx:9 sh", "docker save a:1 b", "docker pull <your-image>",
			"docker pull ghcr.io/acme/app:" })
	void whatMayNotBeTheImageIsToldSo(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("it can't be told which word of the command is its image, paste that alone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull 2f5e1c2b3a4d", "docker run -it 2f5e1c2b3a4d sh", "2f5e1c2b3a4d",
			"docker save 2f5e1c2b3a4d", "docker history " + ID, ID, "image: " + ID })
	void anIdIsNoName(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("an image's ID is no name that a registry knows");
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull a/b:1 c/d:1", "docker save a/b:1 c/d:1", "docker inspect a/b:1 c/d:1",
			"kubectl run x --image=a/b:1 --image=c/d:1", "podman image save -o x.tar a/b:1 c/d:1",
			"docker pull a/b:1 -> c/d:1", "image: a/b:1 -> c/d:1", "image: a/b:1 --> c/d:1",
			"kubectl set image deployment/web web=a/b:1 side=c/d:1" })
	void ofSeveralNoneIsChosen(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted))
			.withMessageContaining("'a/b:1' and 'c/d:1'");
	}

}
