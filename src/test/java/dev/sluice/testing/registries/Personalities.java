package dev.sluice.testing.registries;

import java.util.List;

/** All registries of the field. */
public final class Personalities {

	/** In the order of tables. */
	public static final List<Personality> ALL = List.of(new DockerHub(), new Ghcr(), new Ecr(), new EcrPublic(),
			new Acr(), new ArtifactRegistry(), new Gcr(), new GitLab(), new Artifactory(), new Quay(), new Harbor(),
			new DistributionHtpasswd(), new DistributionToken());

	private Personalities() {
	}

	/** The one of this name. */
	public static Personality named(String name) {
		return ALL.stream().filter((personality) -> personality.name().equals(name)).findFirst().orElseThrow();
	}

}
