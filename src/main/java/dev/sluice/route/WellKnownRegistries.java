package dev.sluice.route;

import java.util.List;

import dev.sluice.oci.RegistryName;

/**
 * The public registries that are listed without being configured.
 */
public final class WellKnownRegistries {

	public static final List<RegistryName> NAMES = List
		.of("docker.io", "ghcr.io", "quay.io", "gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io", "mirror.gcr.io",
				"marketplace.gcr.io", "k8s.gcr.io", "registry.k8s.io", "mcr.microsoft.com", "public.ecr.aws",
				"registry.gitlab.com", "lscr.io", "nvcr.io", "cgr.dev", "docker.elastic.co",
				"registry.access.redhat.com", "registry.redhat.io", "registry.suse.com",
				"container-registry.oracle.com", "icr.io", "dhi.io", "xpkg.upbound.io", "registry.opensource.zalan.do",
				"docker.n8n.io", "docker.gitea.com")
		.stream()
		.map(RegistryName::parse)
		.toList();

	private WellKnownRegistries() {
	}

}
